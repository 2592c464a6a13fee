import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiFileResponse } from '../../../platform/export/api-file-response.decorator.js';
import { exportOf } from '../../../platform/export/export.response.js';
import type { FileRequest } from '../../../platform/export/file-request.decorator.js';
import { RequestedFile } from '../../../platform/export/file-request.decorator.js';
import { Heavy } from '../../../platform/http/limits/heavy-work.interceptor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { LoanReportService } from './loan-report.service.js';
import { AgingExportDto, LoanAgingDto } from './loan-aging.dto.js';
import { LoanCollectionsDto } from './loan-collections.dto.js';
import { LoanForecastDto } from './loan-forecast.dto.js';
import { AgingItem, LoanAgingResponse } from './loan-aging.response.js';
import { LoanCollectionsResponse } from './loan-collections.response.js';
import { LoanForecastResponse } from './loan-forecast.response.js';

@ApiTags('Loan reports')
@Controller('loans/reports')
export class LoanReportsController {
  constructor(private readonly reports: LoanReportService) {}

  @Get('aging')
  @RequiresPermission('loans:view')
  @ApiOperation({
    summary: 'Aging: posted and unpaid amounts by age, and the portfolio at risk',
  })
  @ApiOkResponse({ type: LoanAgingResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  aging(@Query() query: LoanAgingDto): Promise<LoanAgingResponse> {
    return this.reports.aging(query);
  }

  @Get('aging/export/:format')
  @RequiresPermission('loans:export')
  @ApiOperation({ summary: 'Export the aging report: posted and unpaid amounts by age' })
  @ApiFileResponse(exportOf(AgingItem, 'AgingExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_TOO_LONG')
  @Heavy()
  agingFile(@Query() query: AgingExportDto, @RequestedFile() request: FileRequest): Promise<StreamableFile> {
    return this.reports.agingFile(query, request);
  }

  @Get('collections')
  @RequiresPermission('loans:view')
  @ApiOperation({
    summary: 'Collections: how much of what fell due in each week is paid now',
    description:
      'Counts posted installments in the payment week in which they fall due, and what is paid on them by now, at any ' +
      'time. This is not the cash received in the week.',
  })
  @ApiOkResponse({ type: LoanCollectionsResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_PERIOD_INVALID')
  collections(@Query() query: LoanCollectionsDto): Promise<LoanCollectionsResponse> {
    return this.reports.collections(query);
  }

  @Get('forecast')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'Forecast: principal and interest that fall due in each week' })
  @ApiOkResponse({ type: LoanForecastResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  forecast(@Query() query: LoanForecastDto): Promise<LoanForecastResponse> {
    return this.reports.forecast(query);
  }
}
