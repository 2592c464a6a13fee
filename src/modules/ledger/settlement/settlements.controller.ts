import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { CreatesUnlessDryRun } from '../../../platform/http/openapi/creates-unless-dry-run.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { SettleDto } from './settle.dto.js';
import { SettlementRunService } from './settlement-run.service.js';
import { SettlementResultResponse } from './settlement.response.js';

@ApiTags('Settlement runs')
@Controller('ledger/settlement-runs')
export class SettlementsController {
  constructor(private readonly runs: SettlementRunService) {}

  @Post()
  @RequiresPermission('ledger:post')
  @ApiOperation({
    summary: 'Settle the earnings of many drivers: what no balance needs is net pay',
    description:
      'A line that breaks a rule is rejected alone. The same lines for the same week are the same run: sent again, they continue it, or change nothing.',
  })
  @CreatesUnlessDryRun(SettlementResultResponse)
  @ApiErrorResponses('VALIDATION_FAILED', 'PERIOD_NOT_A_PAYMENT_WEEK', 'PAYMENT_WEEK_OUT_OF_RANGE')
  settle(
    @CurrentActor() actor: Actor,
    @Body() body: SettleDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<SettlementResultResponse> {
    return this.runs.run(actor, body, request);
  }
}
