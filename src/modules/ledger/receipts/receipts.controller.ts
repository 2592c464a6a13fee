import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { ReceiptsReportDto } from './receipts-report.dto.js';
import { ReceiptsReportService } from './receipts-report.service.js';
import { ReceiptsResponse } from './receipts.response.js';

@ApiTags('Ledger')
@Controller('ledger')
export class ReceiptsController {
  constructor(private readonly receipts: ReceiptsReportService) {}

  @Get('reports/receipts')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Money received and refunded, by day, method, user and category' })
  @ApiOkResponse({ type: ReceiptsResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_PERIOD_INVALID')
  report(@Query() query: ReceiptsReportDto): Promise<ReceiptsResponse> {
    return this.receipts.report(query);
  }
}
