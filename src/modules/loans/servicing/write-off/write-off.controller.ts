import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../../platform/http/openapi/api-error-responses.decorator.js';
import { CreatesUnlessDryRun } from '../../../../platform/http/openapi/creates-unless-dry-run.decorator.js';
import type { IfMatch as Expected } from '../../../../platform/http/entity-tag/entity-tag.js';
import { IfMatch } from '../../../../platform/http/entity-tag/if-match.decorator.js';
import { ENTITY_TAG } from '../../../../platform/http/entity-tag/with-etag.decorator.js';
import { CurrentActor } from '../../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { LoanParams } from '../../loan/loan-params.dto.js';
import { RecoverLoanDto } from './recover-loan.dto.js';
import { RecoveryResponse } from './recovery.response.js';
import { RecoveryService } from './recovery.service.js';
import { WriteOffLoanDto } from './write-off-loan.dto.js';
import { WriteOffResponse } from './write-off.response.js';
import { WriteOffService } from './write-off.service.js';

@ApiTags('Loans')
@Controller('loans/:loan_id')
export class WriteOffController {
  constructor(
    private readonly writingOff: WriteOffService,
    private readonly recovery: RecoveryService,
  ) {}

  @Post('write-off')
  @HttpCode(200)
  @RequiresPermission('loans:write-off')
  @ApiOperation({ summary: 'Write off what is still owed on a loan' })
  @ApiOkResponse({ type: WriteOffResponse, headers: ENTITY_TAG })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LOAN_NOT_FOUND',
    'LOAN_NOT_OPEN',
    'LOAN_ALREADY_WRITTEN_OFF',
    'LOAN_BALANCE_DISPUTED',
    'NOTHING_TO_WRITE_OFF',
  )
  writeOff(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: WriteOffLoanDto,
    @IfMatch('loan') ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<WriteOffResponse> {
    return this.writingOff.writeOff(actor, loan_id, body, ifMatch, request);
  }

  @Post('recoveries')
  @RequiresPermission('loans:update', 'ledger:post')
  @ApiOperation({ summary: 'Record money received after the write-off of a loan' })
  @CreatesUnlessDryRun(RecoveryResponse)
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'AMOUNT_OUT_OF_RANGE',
    'RECOVERY_TOO_HIGH',
    'LOAN_NOT_FOUND',
    'LOAN_NOT_WRITTEN_OFF',
    'SOURCE_ALREADY_POSTED',
  )
  recover(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: RecoverLoanDto,
    @IfMatch('loan') ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<RecoveryResponse> {
    return this.recovery.recover(actor, loan_id, body, ifMatch, request);
  }
}
