import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import type { Page } from '../../../platform/database/page.js';
import { CurrentActor } from '../../../platform/http/current-actor.decorator.js';
import { Refuses } from '../../../platform/http/refusals.decorator.js';
import { RequiresPermission } from '../../../platform/http/requires-permission.decorator.js';
import { LedgerReadingService } from '../ledger-reading.service.js';
import { LedgerVerificationService } from '../ledger-verification.service.js';
import { ObligationRecordingService } from '../obligation-recording.service.js';
import { PaymentByHierarchyService } from '../payment-by-hierarchy.service.js';
import {
  BalanceDetailResponse,
  BalancePage,
  BalanceResponse,
  ObligationResponse,
  OpenBalancesResponse,
} from './balance.response.js';
import { BalanceListDto } from './dto/balance-list.dto.js';
import { BalanceParams } from './dto/balance-params.dto.js';
import { DriverAndLeaseParams } from './dto/ledger-params.dto.js';
import { PayByHierarchyDto } from './dto/pay-by-hierarchy.dto.js';
import { PostingListDto } from './dto/posting-list.dto.js';
import { PostingParams } from './dto/posting-params.dto.js';
import { RecordObligationDto } from './dto/record-obligation.dto.js';
import { VerifyLedgerDto } from './dto/verify-ledger.dto.js';
import { PaymentResponse } from './payment.response.js';
import { PostingPage, PostingResponse } from './posting.response.js';
import { VerificationResponse } from './verification.response.js';

@ApiTags('Ledger')
@Controller('ledger')
export class LedgerController {
  constructor(
    private readonly reading: LedgerReadingService,
    private readonly obligations: ObligationRecordingService,
    private readonly payments: PaymentByHierarchyService,
    private readonly verification: LedgerVerificationService,
  ) {}

  @Post('obligations')
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Record a debt: a DEBIT posting and an OPEN balance' })
  @ApiCreatedResponse({ type: ObligationResponse })
  @Refuses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'LEASE_OF_OTHER_DRIVER',
    'SOURCE_TYPE_RESERVED',
    'SOURCE_ALREADY_POSTED',
  )
  recordObligation(
    @CurrentActor() actor: Actor,
    @Body() body: RecordObligationDto,
  ): Promise<ObligationResponse> {
    return this.obligations.record(actor, body);
  }

  @Post('payments')
  @HttpCode(201)
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Take a payment and pay debts by the hierarchy of categories, oldest first' })
  @ApiCreatedResponse({ type: PaymentResponse })
  @Refuses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'LEASE_OF_OTHER_DRIVER',
    'SOURCE_TYPE_RESERVED',
    'SOURCE_ALREADY_POSTED',
  )
  payByHierarchy(@CurrentActor() actor: Actor, @Body() body: PayByHierarchyDto): Promise<PaymentResponse> {
    return this.payments.pay(actor, body);
  }

  @Get('postings')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'List postings' })
  @ApiOkResponse({ type: PostingPage })
  @Refuses('VALIDATION_FAILED')
  listPostings(@Query() query: PostingListDto): Promise<Page<PostingResponse>> {
    return this.reading.listPostings(query);
  }

  @Get('postings/:posting_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'One posting' })
  @ApiOkResponse({ type: PostingResponse })
  @Refuses('VALIDATION_FAILED', 'POSTING_NOT_FOUND')
  getPosting(@Param() { posting_id }: PostingParams): Promise<PostingResponse> {
    return this.reading.getPosting(posting_id);
  }

  @Get('balances')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'List balances' })
  @ApiOkResponse({ type: BalancePage })
  @Refuses('VALIDATION_FAILED')
  listBalances(@Query() query: BalanceListDto): Promise<Page<BalanceResponse>> {
    return this.reading.listBalances(query);
  }

  @Get('balances/driver/:driver_id/lease/:lease_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'What a driver owes under a lease, in the order of payment' })
  @ApiOkResponse({ type: OpenBalancesResponse })
  @Refuses('VALIDATION_FAILED')
  openBalances(@Param() { driver_id, lease_id }: DriverAndLeaseParams): Promise<OpenBalancesResponse> {
    return this.reading.openBalances(driver_id, lease_id);
  }

  @Get('balances/:balance_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'One balance with its allocations' })
  @ApiOkResponse({ type: BalanceDetailResponse })
  @Refuses('VALIDATION_FAILED', 'BALANCE_NOT_FOUND')
  getBalance(@Param() { balance_id }: BalanceParams): Promise<BalanceDetailResponse> {
    return this.reading.getBalance(balance_id);
  }

  @Get('verify')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Prove that postings, balances, allocations, loans and seals agree' })
  @ApiOkResponse({ type: VerificationResponse })
  @Refuses('VALIDATION_FAILED')
  verify(@Query() query: VerifyLedgerDto): Promise<VerificationResponse> {
    return this.verification.verify(query);
  }
}
