import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import type { IfMatch as Expected } from '../../../platform/http/entity-tag/entity-tag.js';
import { IfMatch } from '../../../platform/http/entity-tag/if-match.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { ENTITY_TAG } from '../../../platform/http/entity-tag/with-etag.decorator.js';
import { LoanParams } from '../loan/loan-params.dto.js';
import { ChangedLoanResponse } from '../overview/loan.response.js';
import { ChangeLoanStatusDto } from './change-loan-status.dto.js';
import { LoanStatusService } from './loan-status.service.js';

@ApiTags('Loans')
@Controller('loans')
export class LoanStatusController {
  constructor(private readonly status: LoanStatusService) {}

  @Put(':loan_id/status')
  @RequiresPermission('loans:update')
  @ApiOperation({
    summary: 'Hold, resume or cancel a loan',
    description:
      'The cancellation of a loan that ever had a posting, or whose first week is over, also needs loans:write-off; ' +
      'otherwise 403 PERMISSION_MISSING.',
  })
  @ApiOkResponse({ type: ChangedLoanResponse, headers: ENTITY_TAG })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'RESUME_WEEK_INVALID',
    'LOAN_NOT_FOUND',
    'LOAN_TRANSITION_FORBIDDEN',
    'LOAN_HAS_POSTED_INSTALLMENTS',
  )
  changeStatus(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: ChangeLoanStatusDto,
    @IfMatch() ifMatch?: Expected,
  ): Promise<ChangedLoanResponse> {
    return this.status.change(actor, loan_id, body, ifMatch);
  }
}
