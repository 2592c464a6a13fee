import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../../../platform/database/page.js';
import { RequiresPermission } from '../../../../platform/http/access/requires-permission.decorator.js';
import { ENTITY_TAG, WithETag } from '../../../../platform/http/entity-tag/with-etag.decorator.js';
import { ApiErrorResponses } from '../../../../platform/http/openapi/api-error-responses.decorator.js';
import { PostingParams } from '../../postings/posting-params.dto.js';
import { PaymentListDto } from './payment-list.dto.js';
import { PaymentDetailResponse, PaymentListItem, PaymentPage } from './payment-list.response.js';
import { PaymentQueryService } from './payment-query.service.js';

@ApiTags('Ledger')
@Controller('ledger/payments')
export class PaymentHistoryController {
  constructor(private readonly payments: PaymentQueryService) {}

  @Get()
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'List payments and recoveries: the money received' })
  @ApiOkResponse({ type: PaymentPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: PaymentListDto): Promise<Page<PaymentListItem>> {
    return this.payments.list(query);
  }

  @Get(':posting_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'One payment or recovery with its allocations and its unused credit' })
  @WithETag()
  @ApiOkResponse({ type: PaymentDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'POSTING_NOT_FOUND')
  get(@Param() { posting_id }: PostingParams): Promise<PaymentDetailResponse> {
    return this.payments.get(posting_id);
  }
}
