import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../../platform/database/page.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { ENTITY_TAG, WithETag } from '../../../platform/http/entity-tag/with-etag.decorator.js';
import { LoanStatisticsDto } from './loan-statistics.dto.js';
import { LoanStatisticsResponse } from './loan-statistics.response.js';
import { LoanHistoryResponse } from './loan-history.response.js';
import { LoanListDto } from './loan-list.dto.js';
import { LoanParams } from '../loan/loan-params.dto.js';
import { LoanQueryService } from './loan-query.service.js';
import { LoanDetailResponse, LoanListItem, LoanPage } from './loan.response.js';

@ApiTags('Loans')
@Controller('loans')
export class LoansController {
  constructor(private readonly reading: LoanQueryService) {}

  @Get()
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'List loans' })
  @ApiOkResponse({ type: LoanPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: LoanListDto): Promise<Page<LoanListItem>> {
    return this.reading.listLoans(query);
  }

  @Get('statistics/summary')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'Counts and amounts over the loans that match' })
  @ApiOkResponse({ type: LoanStatisticsResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  statistics(@Query() query: LoanStatisticsDto): Promise<LoanStatisticsResponse> {
    return this.reading.statistics(query);
  }

  @Get(':loan_id')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'One loan with driver, lease and installments' })
  @WithETag()
  @ApiOkResponse({ type: LoanDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND')
  get(@Param() { loan_id }: LoanParams): Promise<LoanDetailResponse> {
    return this.reading.get(loan_id);
  }

  @Get(':loan_id/history')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'What became of the loan, step by step' })
  @ApiOkResponse({ type: LoanHistoryResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'LOAN_NOT_FOUND')
  history(@Param() { loan_id }: LoanParams): Promise<LoanHistoryResponse> {
    return this.reading.getHistory(loan_id);
  }
}
