import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../../platform/database/page.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { PostingRunQueryService } from './posting-run-query.service.js';
import { PostingRunListDto, PostingRunParams } from './posting-run-list.dto.js';
import { PostingRunDetailResponse, PostingRunPage, PostingRunResponse } from './posting-run.response.js';

@ApiTags('Installments and weekly posting')
@Controller('loans/posting-runs')
export class PostingRunsController {
  constructor(private readonly runs: PostingRunQueryService) {}

  @Get()
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'History and progress of posting runs' })
  @ApiOkResponse({ type: PostingRunPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: PostingRunListDto): Promise<Page<PostingRunResponse>> {
    return this.runs.list(query);
  }

  @Get(':run_id')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'One posting run with its errors' })
  @ApiOkResponse({ type: PostingRunDetailResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'POSTING_RUN_NOT_FOUND')
  get(@Param() { run_id }: PostingRunParams): Promise<PostingRunDetailResponse> {
    return this.runs.get(run_id);
  }
}
