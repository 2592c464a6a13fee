import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { CreatesUnlessDryRun } from '../../../platform/http/openapi/creates-unless-dry-run.decorator.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { CreditService } from './credit.service.js';
import { RefundService } from './refund.service.js';
import { CreditApplicationResponse, CreditPageResponse, RefundResponse } from './credit.response.js';
import { ApplyCreditsDto } from './apply-credits.dto.js';
import { CreditListDto } from './credit-list.dto.js';
import { RefundCreditDto } from './refund-credit.dto.js';

@ApiTags('Ledger')
@Controller('ledger')
export class CreditsController {
  constructor(
    private readonly credits: CreditService,
    private readonly refunds: RefundService,
  ) {}

  @Get('credits')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'List unused credits by payment, with their sum' })
  @ApiOkResponse({ type: CreditPageResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: CreditListDto): Promise<CreditPageResponse> {
    return this.credits.list(query);
  }

  @Post('credits/apply')
  @HttpCode(200)
  @RequiresPermission('ledger:post')
  @ApiOperation({
    summary: "Pay a driver's open balances with the driver's credits, by hierarchy",
  })
  @ApiOkResponse({ type: CreditApplicationResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'DRIVER_UNKNOWN')
  apply(
    @CurrentActor() actor: Actor,
    @Body() body: ApplyCreditsDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<CreditApplicationResponse> {
    return this.credits.apply(actor, body, request);
  }

  @Post('refunds')
  @RequiresPermission('ledger:refund')
  @ApiOperation({ summary: 'Refund unused credit to a driver, the oldest credit first' })
  @CreatesUnlessDryRun(RefundResponse)
  @ApiErrorResponses('VALIDATION_FAILED', 'DRIVER_UNKNOWN', 'REFUND_EXCEEDS_CREDIT', 'SOURCE_ALREADY_POSTED')
  refund(
    @CurrentActor() actor: Actor,
    @Body() body: RefundCreditDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<RefundResponse> {
    return this.refunds.refund(actor, body, request);
  }
}
