import type { StreamableFile } from '@nestjs/common';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { CreatesUnlessDryRun } from '../../../platform/http/creates-unless-dry-run.decorator.js';
import { CurrentActor } from '../../../platform/http/current-actor.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { PDF_CONTENT } from '../../../platform/http/pdf-answer.js';
import { Heavy } from '../../../platform/http/heavy-work.interceptor.js';
import { ApiErrorResponses } from '../../../platform/http/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/requires-permission.decorator.js';
import { LoanAgreementService } from '../documents/loan-agreement.service.js';
import { LoanApprovalService } from '../origination/loan-approval.service.js';
import { PayoffUndoService } from './payoff/payoff-undo.service.js';
import { PayoffService } from './payoff/payoff.service.js';
import { LoanQueryService } from '../loan/loan-query.service.js';
import { RecoveryService } from './write-off/recovery.service.js';
import { LoanTransactionsService } from '../repayment/loan-transactions.service.js';
import { WriteOffService } from './write-off/write-off.service.js';
import { ApproveLoanDto } from '../origination/approve-loan.dto.js';
import { LoanAgreementDto } from '../documents/loan-agreement.dto.js';
import { LoanParams } from '../loan/loan-params.dto.js';
import { LoanTransactionsDto } from '../repayment/loan-transactions.dto.js';
import { PayOffLoanDto } from './payoff/pay-off-loan.dto.js';
import { PayoffQuoteDto } from './payoff/payoff-quote.dto.js';
import { RecoverLoanDto } from './write-off/recover-loan.dto.js';
import { UndoPayoffDto } from './payoff/undo-payoff.dto.js';
import { WriteOffLoanDto } from './write-off/write-off-loan.dto.js';
import { LoanHistoryResponse } from '../loan/loan-history.response.js';
import { LoanTransactionsResponse } from '../repayment/loan-transactions.response.js';
import { ChangedLoanResponse } from '../loan/loan.response.js';
import { PayoffQuoteResponse, PayoffResponse, UndonePayoffResponse } from './payoff/payoff.response.js';
import { RecoveryResponse } from './write-off/recovery.response.js';
import { WriteOffResponse } from './write-off/write-off.response.js';

@ApiTags('Loans')
@Controller('loans/:loan_id')
export class LoanLifecycleController {
  constructor(
    private readonly approval: LoanApprovalService,
    private readonly payoff: PayoffService,
    private readonly payoffUndo: PayoffUndoService,
    private readonly writingOff: WriteOffService,
    private readonly recovery: RecoveryService,
    private readonly reading: LoanQueryService,
    private readonly books: LoanTransactionsService,
    private readonly agreement: LoanAgreementService,
  ) {}

  @Post('approve')
  @HttpCode(200)
  @RequiresPermission('loans:update')
  @ApiOperation({ summary: 'Approve a draft that a colleague created' })
  @ApiOkResponse({ type: ChangedLoanResponse })
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
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ChangedLoanResponse> {
    return this.approval.approve(actor, loan_id, body, request);
  }

  @Get('payoff')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'What would settle the loan on a day' })
  @ApiOkResponse({ type: PayoffQuoteResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'PAYOFF_DATE_INVALID', 'LOAN_NOT_FOUND', 'LOAN_NOT_OPEN')
  quotePayoff(
    @Param() { loan_id }: LoanParams,
    @Query() { as_of }: PayoffQuoteDto,
  ): Promise<PayoffQuoteResponse> {
    return this.payoff.quote(loan_id, as_of);
  }

  @Post('payoff')
  @HttpCode(200)
  @RequiresPermission('loans:update', 'loans:post')
  @ApiOperation({
    summary: 'Post all that is left of the loan at once, and take the payment that comes along',
  })
  @ApiOkResponse({ type: PayoffResponse })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'SOURCE_TYPE_RESERVED',
    'PAYOFF_PAYMENT_TOO_HIGH',
    'LOAN_NOT_FOUND',
    'LOAN_NOT_OPEN',
    'LOAN_FULLY_POSTED',
    'SOURCE_ALREADY_POSTED',
  )
  payOff(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: PayOffLoanDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<PayoffResponse> {
    return this.payoff.payOff(actor, loan_id, body, request);
  }

  @Post('payoff/undo')
  @HttpCode(200)
  @RequiresPermission('loans:update', 'ledger:void')
  @ApiOperation({
    summary: 'Undo the payoff: void its payment and its installment, and restore the schedule',
  })
  @ApiOkResponse({ type: UndonePayoffResponse })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LOAN_NOT_FOUND',
    'LOAN_NOT_OPEN',
    'LOAN_ALREADY_WRITTEN_OFF',
    'PAYOFF_NOT_UNDOABLE',
    'BALANCE_HAS_PAYMENTS',
    'BALANCE_DISPUTED',
  )
  undoPayoff(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: UndoPayoffDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<UndonePayoffResponse> {
    return this.payoffUndo.undo(actor, loan_id, body, request);
  }

  @Post('write-off')
  @HttpCode(200)
  @RequiresPermission('loans:write-off')
  @ApiOperation({ summary: 'Give up what the loan still owes' })
  @ApiOkResponse({ type: WriteOffResponse })
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
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<WriteOffResponse> {
    return this.writingOff.writeOff(actor, loan_id, body, request);
  }

  @Post('recoveries')
  @RequiresPermission('loans:update', 'ledger:post')
  @ApiOperation({ summary: 'Record money that came in after the write-off of the loan' })
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
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<RecoveryResponse> {
    return this.recovery.recover(actor, loan_id, body, request);
  }

  @Get('history')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'What became of the loan, step by step' })
  @ApiOkResponse({ type: LoanHistoryResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND')
  history(@Param() { loan_id }: LoanParams): Promise<LoanHistoryResponse> {
    return this.reading.getHistory(loan_id);
  }

  @Get('transactions')
  @RequiresPermission('loans:view', 'ledger:view')
  @ApiOperation({ summary: 'What became of the loan in the ledger, with a running balance' })
  @ApiOkResponse({ type: LoanTransactionsResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND')
  transactions(
    @Param() { loan_id }: LoanParams,
    @Query() query: LoanTransactionsDto,
  ): Promise<LoanTransactionsResponse> {
    return this.books.list(loan_id, query);
  }

  @Get('agreement.pdf')
  @RequiresPermission('loans:view')
  @ApiOperation({
    summary: 'The terms and the schedule as agreed, or an amendment, to print and sign, as PDF',
  })
  @ApiOkResponse({ content: PDF_CONTENT })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND', 'LOAN_VERSION_UNKNOWN')
  @Heavy()
  printAgreement(
    @Param() { loan_id }: LoanParams,
    @Query() { version }: LoanAgreementDto,
  ): Promise<StreamableFile> {
    return this.agreement.print(loan_id, version);
  }
}
