import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../../kernel/access/actor.js';
import { CurrentActor } from '../../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../../platform/http/access/requires-permission.decorator.js';
import type { IfMatch as Expected } from '../../../../platform/http/entity-tag/entity-tag.js';
import { IfMatch } from '../../../../platform/http/entity-tag/if-match.decorator.js';
import { ENTITY_TAG } from '../../../../platform/http/entity-tag/with-etag.decorator.js';
import { ApiErrorResponses } from '../../../../platform/http/openapi/api-error-responses.decorator.js';
import { IdempotencyKey } from '../../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { SettlementRunParams } from '../history/settlement-list.dto.js';
import { SettlementRunDetailResponse } from '../settlement.response.js';
import { SettlementVoidService } from './settlement-void.service.js';
import { VoidSettlementDto } from './void-settlement.dto.js';

@ApiTags('Settlement runs')
@Controller('ledger/settlement-runs')
export class SettlementVoidController {
  constructor(private readonly voids: SettlementVoidService) {}

  @Post(':run_id/void')
  @HttpCode(200)
  @RequiresPermission('ledger:void')
  @ApiOperation({
    summary: 'Void a settlement run: all of its payments, so that its lines can be sent again',
    description:
      'The payments are voided in many transactions. If one is refused, those before it stay voided: send the void again when the cause is removed.',
  })
  @ApiOkResponse({ type: SettlementRunDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'SETTLEMENT_RUN_NOT_FOUND',
    'SETTLEMENT_RUN_NOT_VOIDABLE',
    'CREDIT_REFUNDED',
  )
  voidRun(
    @CurrentActor() actor: Actor,
    @Param() { run_id }: SettlementRunParams,
    @Body() body: VoidSettlementDto,
    @IfMatch() ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<SettlementRunDetailResponse> {
    return this.voids.void(actor, run_id, body, ifMatch, request);
  }
}
