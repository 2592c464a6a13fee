import { Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../../kernel/access/actor.js';
import { ApiErrorResponses } from '../../../../platform/http/openapi/api-error-responses.decorator.js';
import { CurrentActor } from '../../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { CsvBody, UploadedCsv } from '../../../../platform/import/csv-body.decorator.js';
import type { CsvFile } from '../../../../platform/import/csv-file.js';
import { ImportQueryDto } from '../../../../platform/import/import-query.dto.js';
import { ImportReportResponse } from '../../../../platform/import/import-report.response.js';
import { ChargeImportService } from './charge-import.service.js';

@ApiTags('Ledger')
@Controller('ledger')
export class ChargeImportController {
  constructor(private readonly imports: ChargeImportService) {}

  @Post('obligations/import')
  @HttpCode(200)
  @CsvBody()
  @RequiresPermission('ledger:post')
  @ApiOperation({
    summary: 'Record obligations from a CSV file',
    description:
      'Required columns: tlc_license_number, category, amount, reference. Optional columns: lease_number (default: the ' +
      "driver's latest active lease), payment_period_start (default: the current payment week), due_date, description. Each " +
      'row follows the rules of POST /ledger/obligations; its reference_type is IMPORTED_CHARGE, its reference_id the ' +
      'reference. A row whose reference already has a posting with the same terms changes nothing.',
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
