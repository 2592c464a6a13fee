import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import type { IfMatch as Expected } from '../../../platform/http/entity-tag/entity-tag.js';
import { IfMatch } from '../../../platform/http/entity-tag/if-match.decorator.js';
import { ENTITY_TAG } from '../../../platform/http/entity-tag/with-etag.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { BalanceParams } from '../balances/balance-params.dto.js';
import { ChangedBalanceResponse } from '../balances/balance.response.js';
import { BalanceDisputeDto } from './balance-dispute.dto.js';
import { BalanceDisputeService } from './balance-dispute.service.js';

@ApiTags('Ledger')
@Controller('ledger')
export class DisputesController {
  constructor(private readonly disputes: BalanceDisputeService) {}

  @Post('balances/:balance_id/dispute')
  @HttpCode(200)
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Dispute an open balance: it accepts no payment until the dispute is resolved' })
  @ApiOkResponse({ type: ChangedBalanceResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'BALANCE_NOT_FOUND', 'BALANCE_NOT_OPEN')
  dispute(
    @CurrentActor() actor: Actor,
    @Param() { balance_id }: BalanceParams,
    @Body() body: BalanceDisputeDto,
    @IfMatch() ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ChangedBalanceResponse> {
    return this.disputes.dispute(actor, balance_id, body, ifMatch, request);
  }

  @Post('balances/:balance_id/resolve')
  @HttpCode(200)
  @RequiresPermission('ledger:post')
  @ApiOperation({ summary: 'Resolve the dispute of a balance, which opens it again' })
  @ApiOkResponse({ type: ChangedBalanceResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'BALANCE_NOT_FOUND', 'BALANCE_NOT_DISPUTED')
  resolve(
    @CurrentActor() actor: Actor,
    @Param() { balance_id }: BalanceParams,
    @Body() body: BalanceDisputeDto,
    @IfMatch() ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ChangedBalanceResponse> {
    return this.disputes.resolve(actor, balance_id, body, ifMatch, request);
  }
}
