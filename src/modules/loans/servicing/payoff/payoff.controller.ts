import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../../platform/http/openapi/api-error-responses.decorator.js';
import type { IfMatch as Expected } from '../../../../platform/http/entity-tag/entity-tag.js';
import { IfMatch } from '../../../../platform/http/entity-tag/if-match.decorator.js';
import { ENTITY_TAG } from '../../../../platform/http/entity-tag/with-etag.decorator.js';
import { CurrentActor } from '../../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { LoanParams } from '../../loan/loan-params.dto.js';
import { PayOffLoanDto } from './pay-off-loan.dto.js';
import { PayoffQuoteDto } from './payoff-quote.dto.js';
import { PayoffUndoService } from './payoff-undo.service.js';
import { PayoffQuoteResponse, PayoffResponse, UndonePayoffResponse } from './payoff.response.js';
import { PayoffService } from './payoff.service.js';
import { UndoPayoffDto } from './undo-payoff.dto.js';

@ApiTags('Loans')
@Controller('loans/:loan_id/payoff')
export class PayoffController {
  constructor(
    private readonly payoff: PayoffService,
    private readonly payoffUndo: PayoffUndoService,
  ) {}

  @Get()
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'Quote the amount that settles a loan on a day' })
  @ApiOkResponse({ type: PayoffQuoteResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'PAYOFF_DATE_INVALID', 'LOAN_NOT_FOUND', 'LOAN_NOT_OPEN')
  quote(@Param() { loan_id }: LoanParams, @Query() { as_of }: PayoffQuoteDto): Promise<PayoffQuoteResponse> {
    return this.payoff.quote(loan_id, as_of);
  }

  @Post()
  @HttpCode(200)
  @RequiresPermission('loans:update', 'loans:post')
  @ApiOperation({
    summary: 'Pay off a loan: post the rest in one installment, record its payment if given',
  })
  @ApiOkResponse({ type: PayoffResponse, headers: ENTITY_TAG })
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
    @IfMatch('loan') ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<PayoffResponse> {
    return this.payoff.payOff(actor, loan_id, body, ifMatch, request);
  }

  @Post('undo')
  @HttpCode(200)
  @RequiresPermission('loans:update', 'ledger:void')
  @ApiOperation({
    summary: 'Undo a payoff: void its payment and its installment, and restore the schedule',
  })
  @ApiOkResponse({ type: UndonePayoffResponse, headers: ENTITY_TAG })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'LOAN_NOT_FOUND',
    'LOAN_NOT_OPEN',
    'LOAN_ALREADY_WRITTEN_OFF',
    'PAYOFF_NOT_UNDOABLE',
    'BALANCE_HAS_PAYMENTS',
    'BALANCE_DISPUTED',
  )
  undo(
    @CurrentActor() actor: Actor,
    @Param() { loan_id }: LoanParams,
    @Body() body: UndoPayoffDto,
    @IfMatch('loan') ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<UndonePayoffResponse> {
    return this.payoffUndo.undo(actor, loan_id, body, ifMatch, request);
  }
}
