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
import { LoanExportService } from './loan-export.service.js';
import { InstallmentExportDto, LoanExportDto } from './loan-exports.dto.js';
import { InstallmentListItem } from '../installments/installment.response.js';
import { LoanListItem } from '../overview/loan.response.js';

@ApiTags('Exports')
@Controller('loans')
export class LoanExportsController {
  constructor(private readonly files: LoanExportService) {}

  @Get('export/:format')
  @RequiresPermission('loans:export')
  @ApiOperation({ summary: 'Export the list of loans' })
  @ApiFileResponse(exportOf(LoanListItem, 'LoanExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_TOO_LONG')
  @Heavy()
  loans(@Query() query: LoanExportDto, @RequestedFile() request: FileRequest): Promise<StreamableFile> {
    return this.files.loans(query, request);
  }

  @Get('installments/export/:format')
  @RequiresPermission('loans:export')
  @ApiOperation({ summary: 'Export the list of installments' })
  @ApiFileResponse(exportOf(InstallmentListItem, 'InstallmentExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'REPORT_TOO_LONG')
  @Heavy()
  installments(
    @Query() query: InstallmentExportDto,
    @RequestedFile() request: FileRequest,
  ): Promise<StreamableFile> {
    return this.files.installments(query, request);
  }
}
