import { Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { CsvBody, UploadedCsv } from '../../../platform/import/csv-body.decorator.js';
import type { CsvFile } from '../../../platform/import/csv-file.js';
import { ImportQueryDto } from '../../../platform/import/import-query.dto.js';
import { ImportReportResponse } from '../../../platform/import/import-report.response.js';
import { LoanImportService } from './loan-import.service.js';

@ApiTags('Loans')
@Controller('loans')
export class LoanImportController {
  constructor(private readonly imports: LoanImportService) {}

  @Post('import')
  @HttpCode(200)
  @CsvBody()
  @RequiresPermission('loans:create')
  @ApiOperation({
    summary: 'Create loans from a CSV file',
    description:
      'Required columns: reference, tlc_license_number, lease_number, loan_amount, start_week. Optional columns: ' +
      'interest_rate, purpose, notes. Each row follows the rules of POST /loans. A row whose reference already exists with ' +
      'the same terms changes nothing.',
  })
  @ApiOkResponse({ type: ImportReportResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  import(
    @CurrentActor() actor: Actor,
    @UploadedCsv() file: CsvFile | null,
    @Query() options: ImportQueryDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<ImportReportResponse> {
    return this.imports.import(actor, file, { ...options, request });
  }
}
