import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import type { IfMatch as Expected } from '../../../platform/http/entity-tag/entity-tag.js';
import { IfMatch } from '../../../platform/http/entity-tag/if-match.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { ENTITY_TAG } from '../../../platform/http/entity-tag/with-etag.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { LoanParams } from '../loan/loan-params.dto.js';
import { ChangedLoanResponse, LoanDetailResponse } from '../overview/loan.response.js';
import { LoanQuoteService } from './loan-quote.service.js';
import { ApproveLoanDto } from './approval/approve-loan.dto.js';
import { CreateLoanDto } from './create-loan.dto.js';
import { LoanApprovalService } from './approval/loan-approval.service.js';
import { LoanCreationService } from './loan-creation.service.js';
import { LoanPreviewResponse } from './loan-preview.response.js';
import { LoanTermsResponse } from './loan-terms.response.js';
import { LoanUpdateService } from './loan-update.service.js';
import { PreviewLoanDto } from './preview-loan.dto.js';
import { UpdateLoanDto } from './update-loan.dto.js';

@ApiTags('Loans')
@Controller('loans')
export class LoanOriginationController {
  constructor(
    private readonly quotes: LoanQuoteService,
    private readonly creation: LoanCreationService,
    private readonly editing: LoanUpdateService,
    private readonly approval: LoanApprovalService,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @RequiresPermission('loans:create')
  @ApiOperation({ summary: 'Preview the schedule of a new loan without creating it' })
  @ApiOkResponse({ type: LoanPreviewResponse })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LOAN_AMOUNT_OUT_OF_RANGE',
    'INTEREST_RATE_OUT_OF_RANGE',
    'START_WEEK_NOT_SUNDAY',
    'START_WEEK_OUT_OF_RANGE',
    'DRIVER_UNKNOWN',
    'DRIVER_NOT_ACTIVE',
    'LEASE_UNKNOWN',
    'LEASE_NOT_ACTIVE',
    'LEASE_DRIVER_MISMATCH',
    'DRIVER_HAS_TOO_MANY_LOANS',
    'DRIVER_EXPOSURE_EXCEEDED',
  )
  preview(@Body() body: PreviewLoanDto): Promise<LoanPreviewResponse> {
    return this.quotes.preview(body);
  }

  @Get('terms')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'The default interest rate and the limits of a new loan' })
  @ApiOkResponse({ type: LoanTermsResponse })
  getTerms(): LoanTermsResponse {
    return this.quotes.readTerms();
  }

  @Post()
  @RequiresPermission('loans:create')
  @ApiOperation({ summary: 'Create a loan' })
  @ApiCreatedResponse({ type: LoanDetailResponse })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LOAN_AMOUNT_OUT_OF_RANGE',
    'INTEREST_RATE_OUT_OF_RANGE',
    'START_WEEK_NOT_SUNDAY',
    'START_WEEK_OUT_OF_RANGE',
    'DRIVER_UNKNOWN',
    'DRIVER_NOT_ACTIVE',
    'LEASE_UNKNOWN',
    'LEASE_NOT_ACTIVE',
    'LEASE_DRIVER_MISMATCH',
    'DRIVER_HAS_TOO_MANY_LOANS',
    'DRIVER_EXPOSURE_EXCEEDED',
  )
  create(
    @CurrentActor() actor: Actor,
    @Body() body: CreateLoanDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<LoanDetailResponse> {
    return this.creation.create(actor, body, request);
  }

  @Patch(':loan_id')
  @RequiresPermission('loans:update')
  @ApiOperation({ summary: 'Change purpose and notes of a loan' })
  @ApiOkResponse({ type: LoanDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND')
  update(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: UpdateLoanDto,
    @IfMatch() ifMatch?: Expected,
  ): Promise<LoanDetailResponse> {
    return this.editing.edit(actor, loan_id, body, ifMatch);
  }

  @Post(':loan_id/approve')
  @HttpCode(200)
  @RequiresPermission('loans:update')
  @ApiOperation({ summary: 'Approve a draft that a colleague created' })
  @ApiOkResponse({ type: ChangedLoanResponse, headers: ENTITY_TAG })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LOAN_NOT_FOUND',
    'LOAN_NOT_A_DRAFT',
    'APPROVAL_BY_CREATOR',
    'APPROVER_NOT_INDEPENDENT',
    'START_WEEK_NOT_SUNDAY',
    'START_WEEK_OUT_OF_RANGE',
    'DRIVER_NOT_ACTIVE',
    'LEASE_NOT_ACTIVE',
    'DRIVER_HAS_TOO_MANY_LOANS',
    'DRIVER_EXPOSURE_EXCEEDED',
  )
  approve(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: ApproveLoanDto,
    @IfMatch() ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ChangedLoanResponse> {
    return this.approval.approve(actor, loan_id, body, ifMatch, request);
  }
}
