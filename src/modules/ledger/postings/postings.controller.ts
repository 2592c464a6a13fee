import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../../platform/database/page.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { ENTITY_TAG, WithETag } from '../../../platform/http/entity-tag/with-etag.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { LedgerQueryService } from '../balances/ledger-query.service.js';
import { PostingListDto } from './posting-list.dto.js';
import { PostingParams } from './posting-params.dto.js';
import { PostingDetailResponse, PostingListItem, PostingPage } from './posting.response.js';

@ApiTags('Ledger')
@Controller('ledger')
export class PostingsController {
  constructor(private readonly queries: LedgerQueryService) {}

  @Get('postings')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'List postings' })
  @ApiOkResponse({ type: PostingPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: PostingListDto): Promise<Page<PostingListItem>> {
    return this.queries.listPostings(query);
  }

  @Get('postings/:posting_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'One posting with its allocations and, for a payment, its unused credit' })
  @WithETag()
  @ApiOkResponse({ type: PostingDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'POSTING_NOT_FOUND')
  get(@Param() { posting_id }: PostingParams): Promise<PostingDetailResponse> {
    return this.queries.getPosting(posting_id);
  }
}
