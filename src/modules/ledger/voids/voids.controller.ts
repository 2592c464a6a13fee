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
import { PostingParams } from '../postings/posting-params.dto.js';
import { PostingVoidService } from './posting-void.service.js';
import { VoidPostingDto } from './void-posting.dto.js';
import { VoidResponse } from './void.response.js';

@ApiTags('Ledger')
@Controller('ledger')
export class VoidsController {
  constructor(private readonly voids: PostingVoidService) {}

  @Post('postings/:posting_id/void')
  @HttpCode(200)
  @RequiresPermission('ledger:void')
  @ApiOperation({
    summary: 'Void a payment with its allocations, or an unpaid obligation',
    description:
      'The void of a write-off, and of a loan obligation after its payment week, also needs loans:write-off; otherwise 403 PERMISSION_MISSING.',
  })
  @ApiOkResponse({ type: VoidResponse, headers: ENTITY_TAG })
  @ApiErrorResponses(
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
    @IfMatch('posting') ifMatch?: Expected,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<VoidResponse> {
    return this.voids.void(actor, posting_id, body, ifMatch, request);
  }
}
