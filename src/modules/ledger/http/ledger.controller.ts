import type { StreamableFile } from '@nestjs/common';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import type { Page } from '../../../platform/database/page.js';
import { CreatesUnlessDryRun } from '../../../platform/http/creates-unless-dry-run.decorator.js';
import { CurrentActor } from '../../../platform/http/current-actor.decorator.js';
import { PDF_CONTENT } from '../../../platform/http/pdf-answer.js';
import { Heavy } from '../../../platform/http/heavy-work.interceptor.js';
import { Refuses } from '../../../platform/http/refusals.decorator.js';
import { RequiresPermission } from '../../../platform/http/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { BalanceDisputeService } from '../balance-dispute.service.js';
import { LedgerReadingService } from '../ledger-reading.service.js';
import { LedgerVerificationService } from '../ledger-verification.service.js';
import { ObligationRecordingService } from '../obligation-recording.service.js';
import { PaymentTakingService } from '../payment-taking.service.js';
import { PostingVoidService } from '../posting-void.service.js';
import { ReceiptsReportService } from '../receipts-report.service.js';
import { StatementService } from '../statement.service.js';
import {
  BalanceDetailResponse,
  BalanceListItem,
  BalancePage,
  ChangedBalanceResponse,
  ObligationResponse,
  OpenBalancesResponse,
} from './balance.response.js';
import { AsOfQueryDto } from './dto/as-of-query.dto.js';
import { BalanceDisputeDto } from './dto/balance-dispute.dto.js';
import { BalanceListDto } from './dto/balance-list.dto.js';
import { BalanceParams } from './dto/balance-params.dto.js';
import { DriverAndLeaseParams } from './dto/ledger-params.dto.js';
import { PayByHierarchyDto } from './dto/pay-by-hierarchy.dto.js';
import { PayTargetedDto } from './dto/pay-targeted.dto.js';
import { PostingListDto } from './dto/posting-list.dto.js';
import { PostingParams } from './dto/posting-params.dto.js';
import { ReceiptsReportDto } from './dto/receipts-report.dto.js';
import { RecordObligationDto } from './dto/record-obligation.dto.js';
import { StatementQueryDto } from './dto/statement-query.dto.js';
import { VoidPostingDto } from './dto/void-posting.dto.js';
import { PaymentResponse } from './payment.response.js';
import { PostingDetailResponse, PostingListItem, PostingPage } from './posting.response.js';
import { ReceiptsResponse } from './receipts.response.js';
import { StatementResponse } from './statement.response.js';
import { VerifyLedgerDto } from './dto/verify-ledger.dto.js';
import { VerificationResponse } from './verification.response.js';
import { VoidResponse } from './void.response.js';

@ApiTags('Ledger')
@Controller('ledger')
export class LedgerController {
  constructor(
    private readonly reading: LedgerReadingService,
    private readonly obligations: ObligationRecordingService,
    private readonly payments: PaymentTakingService,
    private readonly voids: PostingVoidService,
    private readonly disputes: BalanceDisputeService,
    private readonly statements: StatementService,
    private readonly receipts: ReceiptsReportService,
    private readonly verification: LedgerVerificationService,
  ) {}

  @Post('obligations')
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Record a debt: a DEBIT posting and an OPEN balance' })
  @CreatesUnlessDryRun(ObligationResponse)
  @Refuses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'PAYMENT_WEEK_OUT_OF_RANGE',
    'DUE_DATE_OUT_OF_RANGE',
    'AMOUNT_OUT_OF_RANGE',
    'LEASE_OF_OTHER_DRIVER',
    'SOURCE_TYPE_RESERVED',
    'SOURCE_ALREADY_POSTED',
  )
  recordObligation(
    @CurrentActor() actor: Actor,
    @Body() body: RecordObligationDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ObligationResponse> {
    return this.obligations.record(actor, body, request);
  }

  @Post('payments')
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Take a payment and pay debts by the hierarchy of categories, oldest first' })
  @CreatesUnlessDryRun(PaymentResponse)
  @Refuses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'PAYMENT_WEEK_OUT_OF_RANGE',
    'AMOUNT_OUT_OF_RANGE',
    'LEASE_OF_OTHER_DRIVER',
    'SOURCE_TYPE_RESERVED',
    'SOURCE_ALREADY_POSTED',
  )
  payByHierarchy(
    @CurrentActor() actor: Actor,
    @Body() body: PayByHierarchyDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<PaymentResponse> {
    return this.payments.payByHierarchy(actor, body, request);
  }

  @Post('payments/targeted')
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Take a payment for named balances; the rest pays the lease, then by hierarchy' })
  @CreatesUnlessDryRun(PaymentResponse)
  @Refuses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'PAYMENT_WEEK_OUT_OF_RANGE',
    'AMOUNT_OUT_OF_RANGE',
    'LEASE_OF_OTHER_DRIVER',
    'SOURCE_TYPE_RESERVED',
    'BALANCE_UNKNOWN',
    'BALANCE_OF_OTHER_LEASE',
    'BALANCE_NAMED_TWICE',
    'ALLOCATION_ABOVE_BALANCE',
    'ALLOCATIONS_ABOVE_PAYMENT',
    'BALANCE_NOT_OPEN',
    'SOURCE_ALREADY_POSTED',
  )
  payTargeted(
    @CurrentActor() actor: Actor,
    @Body() body: PayTargetedDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<PaymentResponse> {
    return this.payments.payTargeted(actor, body, request);
  }

  @Get('postings')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'List postings' })
  @ApiOkResponse({ type: PostingPage })
  @Refuses('VALIDATION_FAILED')
  listPostings(@Query() query: PostingListDto): Promise<Page<PostingListItem>> {
    return this.reading.listPostings(query);
  }

  @Get('postings/:posting_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'One posting with what it settled' })
  @ApiOkResponse({ type: PostingDetailResponse })
  @Refuses('VALIDATION_FAILED', 'POSTING_NOT_FOUND')
  getPosting(@Param() { posting_id }: PostingParams): Promise<PostingDetailResponse> {
    return this.reading.getPosting(posting_id);
  }

  @Post('postings/:posting_id/void')
  @HttpCode(200)
  @RequiresPermission('ledger:void')
  @ApiOperation({
    summary: 'Void a payment with all that it paid, or a debt on which nothing is paid',
    description:
      'A write-off, and the debt of a loan after its payment week, need loans:write-off as well; 403 PERMISSION_MISSING.',
  })
  @ApiOkResponse({ type: VoidResponse })
  @Refuses(
    'VALIDATION_FAILED',
    'POSTING_NOT_FOUND',
    'POSTING_ALREADY_VOIDED',
    'REVERSAL_NOT_VOIDABLE',
    'CREDIT_REFUNDED',
    'BALANCE_HAS_PAYMENTS',
    'BALANCE_DISPUTED',
    'LOAN_HAS_RECOVERIES',
  )
  voidPosting(
    @CurrentActor() actor: Actor,
    @Param() { posting_id }: PostingParams,
    @Body() body: VoidPostingDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<VoidResponse> {
    return this.voids.void(actor, posting_id, body, request);
  }

  @Get('balances')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'List balances' })
  @ApiOkResponse({ type: BalancePage })
  @Refuses('VALIDATION_FAILED')
  listBalances(@Query() query: BalanceListDto): Promise<Page<BalanceListItem>> {
    return this.reading.listBalances(query);
  }

  @Get('balances/driver/:driver_id/lease/:lease_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'What a driver owes under a lease, in the order of payment' })
  @ApiOkResponse({ type: OpenBalancesResponse })
  @Refuses('VALIDATION_FAILED', 'LEASE_NOT_FOUND')
  openBalances(@Param() { driver_id, lease_id }: DriverAndLeaseParams): Promise<OpenBalancesResponse> {
    return this.reading.openBalances(driver_id, lease_id);
  }

  @Get('balances/:balance_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'One balance with its allocations' })
  @ApiOkResponse({ type: BalanceDetailResponse })
  @Refuses('VALIDATION_FAILED', 'BALANCE_NOT_FOUND')
  getBalance(
    @Param() { balance_id }: BalanceParams,
    @Query() query: AsOfQueryDto,
  ): Promise<BalanceDetailResponse> {
    return this.reading.getBalance(balance_id, query);
  }

  @Post('balances/:balance_id/dispute')
  @HttpCode(200)
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Dispute an open balance: it takes no payment until the dispute is resolved' })
  @ApiOkResponse({ type: ChangedBalanceResponse })
  @Refuses('VALIDATION_FAILED', 'BALANCE_NOT_FOUND', 'BALANCE_NOT_OPEN')
  dispute(
    @CurrentActor() actor: Actor,
    @Param() { balance_id }: BalanceParams,
    @Body() body: BalanceDisputeDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ChangedBalanceResponse> {
    return this.disputes.dispute(actor, balance_id, body, request);
  }

  @Post('balances/:balance_id/resolve')
  @HttpCode(200)
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Resolve the dispute of a balance: it is open again' })
  @ApiOkResponse({ type: ChangedBalanceResponse })
  @Refuses('VALIDATION_FAILED', 'BALANCE_NOT_FOUND', 'BALANCE_NOT_DISPUTED')
  resolve(
    @CurrentActor() actor: Actor,
    @Param() { balance_id }: BalanceParams,
    @Body() body: BalanceDisputeDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ChangedBalanceResponse> {
    return this.disputes.resolve(actor, balance_id, body, request);
  }

  @Get('statements')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'The statement of driver and lease for a payment week, by category' })
  @ApiExtraModels(StatementResponse)
  @ApiOkResponse({
    content: { 'application/json': { schema: { $ref: getSchemaPath(StatementResponse) } }, ...PDF_CONTENT },
  })
  @Refuses('VALIDATION_FAILED', 'PERIOD_NOT_A_PAYMENT_WEEK', 'LEASE_OF_OTHER_DRIVER')
  @Heavy(({ format }) => format === 'pdf')
  statement(@Query() query: StatementQueryDto): Promise<StatementResponse | StreamableFile> {
    return this.statements.answer(query);
  }

  @Get('reports/receipts')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Money that came in, and refunds, by day, method, user and category' })
  @ApiOkResponse({ type: ReceiptsResponse })
  @Refuses('VALIDATION_FAILED', 'REPORT_PERIOD_INVALID')
  reportReceipts(@Query() query: ReceiptsReportDto): Promise<ReceiptsResponse> {
    return this.receipts.report(query);
  }

  @Get('verify')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Prove that postings, balances, allocations, loans and seals agree' })
  @ApiOkResponse({ type: VerificationResponse })
  @Refuses('VALIDATION_FAILED')
  @Heavy()
  verify(@Query() query: VerifyLedgerDto): Promise<VerificationResponse> {
    return this.verification.verify(query);
  }
}
