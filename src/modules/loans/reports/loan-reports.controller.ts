import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { LoanReportService } from './loan-report.service.js';
import { LoanAgingDto } from './loan-aging.dto.js';
import { LoanCollectionsDto } from './loan-collections.dto.js';
import { LoanForecastDto } from './loan-forecast.dto.js';
import { LoanAgingResponse } from './loan-aging.response.js';
import { LoanCollectionsResponse } from './loan-collections.response.js';
import { LoanForecastResponse } from './loan-forecast.response.js';

@ApiTags('Loan reports')
@Controller('loans/reports')
export class LoanReportsController {
  constructor(private readonly reporting: LoanReportService) {}

  @Get('aging')
  @RequiresPermission('loans:view')
  @ApiOperation({
    summary: 'What is posted and unpaid by age, and the share of the portfolio at risk',
  })
  @ApiOkResponse({ type: LoanAgingResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  aging(@Query() query: LoanAgingDto): Promise<LoanAgingResponse> {
    return this.reporting.aging(query);
  }

  @Get('collections')
  @RequiresPermission('loans:view')
  @ApiOperation({
    summary: 'Of what fell due in each week, how much is paid by now',
    description:
      'Counts the installments that stand posted in the ledger, each in the payment week in which it falls due, and what of ' +
      'them is paid by now, whenever the payment came: it is not the cash that came in during the week.',
  })
  @ApiOkResponse({ type: LoanCollectionsResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_PERIOD_INVALID')
  collections(@Query() query: LoanCollectionsDto): Promise<LoanCollectionsResponse> {
    return this.reporting.collections(query);
  }

  @Get('forecast')
  @RequiresPermission('loans:view')
  @ApiOperation({ summary: 'Principal and interest falling due, week by week' })
  @ApiOkResponse({ type: LoanForecastResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  forecast(@Query() query: LoanForecastDto): Promise<LoanForecastResponse> {
    return this.reporting.forecast(query);
  }
}
