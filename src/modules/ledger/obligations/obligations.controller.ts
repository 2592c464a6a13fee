import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { CreatesUnlessDryRun } from '../../../platform/http/openapi/creates-unless-dry-run.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { ObligationResponse } from './obligation.response.js';
import { ObligationService } from './obligation.service.js';
import { RecordObligationDto } from './record-obligation.dto.js';

@ApiTags('Ledger')
@Controller('ledger')
export class ObligationsController {
  constructor(private readonly obligations: ObligationService) {}

  @Post('obligations')
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Record an obligation: a DEBIT posting and an OPEN balance' })
  @CreatesUnlessDryRun(ObligationResponse)
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'PAYMENT_WEEK_OUT_OF_RANGE',
    'DUE_DATE_OUT_OF_RANGE',
    'AMOUNT_OUT_OF_RANGE',
    'LEASE_DRIVER_MISMATCH',
    'SOURCE_TYPE_RESERVED',
    'SOURCE_ALREADY_POSTED',
  )
  record(
    @CurrentActor() actor: Actor,
    @Body() body: RecordObligationDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ObligationResponse> {
    return this.obligations.record(actor, body, request);
  }
}
