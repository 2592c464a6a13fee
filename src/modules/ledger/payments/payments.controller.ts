import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { CreatesUnlessDryRun } from '../../../platform/http/openapi/creates-unless-dry-run.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { PayByHierarchyDto } from './pay-by-hierarchy.dto.js';
import { PayTargetedDto } from './pay-targeted.dto.js';
import { PaymentResponse } from './payment.response.js';
import { PaymentService } from './payment.service.js';

@ApiTags('Ledger')
@Controller('ledger')
export class PaymentsController {
  constructor(private readonly payments: PaymentService) {}

  @Post('payments')
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Record a payment and allocate it by hierarchy, oldest obligations first' })
  @CreatesUnlessDryRun(PaymentResponse)
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'PAYMENT_WEEK_OUT_OF_RANGE',
    'AMOUNT_OUT_OF_RANGE',
    'LEASE_DRIVER_MISMATCH',
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
  @ApiOperation({
    summary: 'Record a payment for selected balances, then LEASE, then the other categories',
  })
  @CreatesUnlessDryRun(PaymentResponse)
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'PAYMENT_WEEK_OUT_OF_RANGE',
    'AMOUNT_OUT_OF_RANGE',
    'LEASE_DRIVER_MISMATCH',
    'SOURCE_TYPE_RESERVED',
    'BALANCE_UNKNOWN',
    'BALANCE_LEASE_MISMATCH',
    'DUPLICATE_BALANCE',
    'ALLOCATION_EXCEEDS_BALANCE',
    'ALLOCATIONS_EXCEED_PAYMENT',
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
}
