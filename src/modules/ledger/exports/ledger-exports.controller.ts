import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiFileResponse } from '../../../platform/export/api-file-response.decorator.js';
import { exportOf } from '../../../platform/export/export.response.js';
import type { FileRequest } from '../../../platform/export/file-request.decorator.js';
import { RequestedFile } from '../../../platform/export/file-request.decorator.js';
import { Heavy } from '../../../platform/http/limits/heavy-work.interceptor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { LedgerExportService } from './ledger-export.service.js';
import { BalanceListItem } from '../balances/balance.response.js';
import {
  BalanceExportDto,
  PaymentExportDto,
  PostingExportDto,
  StatementExportDto,
} from './ledger-exports.dto.js';
import { PaymentListItem } from '../payments/history/payment-list.response.js';
import { ReceiptsReportDto } from '../receipts/receipts-report.dto.js';
import { PostingListItem } from '../postings/posting.response.js';
import { ReceiptsRowResponse } from '../receipts/receipts.response.js';
import { StatementLineResponse } from '../statements/statement.response.js';

@ApiTags('Exports')
@Controller('ledger')
export class LedgerExportsController {
  constructor(private readonly files: LedgerExportService) {}

  @Get('postings/export/:format')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Export the list of postings' })
  @ApiFileResponse(exportOf(PostingListItem, 'PostingExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_TOO_LONG')
  @Heavy()
  postings(@Query() query: PostingExportDto, @RequestedFile() request: FileRequest): Promise<StreamableFile> {
    return this.files.postings(query, request);
  }

  @Get('payments/export/:format')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Export the list of payments' })
  @ApiFileResponse(exportOf(PaymentListItem, 'PaymentExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_TOO_LONG')
  @Heavy()
  payments(@Query() query: PaymentExportDto, @RequestedFile() request: FileRequest): Promise<StreamableFile> {
    return this.files.payments(query, request);
  }

  @Get('balances/export/:format')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Export the list of balances' })
  @ApiFileResponse(exportOf(BalanceListItem, 'BalanceExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_TOO_LONG')
  @Heavy()
  balances(@Query() query: BalanceExportDto, @RequestedFile() request: FileRequest): Promise<StreamableFile> {
    return this.files.balances(query, request);
  }

  @Get('statements/export/:format')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Export the statements of a payment week for all drivers and leases' })
  @ApiFileResponse(exportOf(StatementLineResponse, 'StatementExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'PERIOD_NOT_A_PAYMENT_WEEK', 'REPORT_TOO_LONG')
  @Heavy()
  statements(
    @Query() query: StatementExportDto,
    @RequestedFile() request: FileRequest,
  ): Promise<StreamableFile> {
    return this.files.statements(query, request);
  }

  @Get('reports/receipts/export/:format')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Export the report of receipts' })
  @ApiFileResponse(exportOf(ReceiptsRowResponse, 'ReceiptsExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_PERIOD_INVALID', 'REPORT_TOO_LONG')
  @Heavy()
  receipts(
    @Query() query: ReceiptsReportDto,
    @RequestedFile() request: FileRequest,
  ): Promise<StreamableFile> {
    return this.files.receipts(query, request);
  }
}
