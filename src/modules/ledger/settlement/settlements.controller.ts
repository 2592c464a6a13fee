import { Controller, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { CreatesUnlessDryRun } from '../../../platform/http/openapi/creates-unless-dry-run.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { CsvFile } from '../../../platform/import/csv-file.js';
import { JsonOrCsv, JsonOrCsvBody } from '../../../platform/import/csv-body.decorator.js';
import { SettlementFileService } from './file/settlement-file.service.js';
import { requireNoFileTerms, SettleFileDto, termsOfFile } from './file/settle-file.dto.js';
import { SettleDto } from './settle.dto.js';
import { SettlementRunService } from './settlement-run.service.js';
import { SettlementResultResponse } from './settlement.response.js';

@ApiTags('Settlement runs')
@Controller('ledger/settlement-runs')
export class SettlementsController {
  constructor(
    private readonly runs: SettlementRunService,
    private readonly files: SettlementFileService,
  ) {}

  @Post()
  @JsonOrCsvBody(SettleDto)
  @RequiresPermission('ledger:post')
  @ApiOperation({
    summary: 'Settle the earnings of many drivers: what no balance needs is net pay',
    description:
      'A line that breaks a rule is rejected alone. The same lines for the same week are the same run: sent again, they continue it, or change nothing. ' +
      'A CSV file has up to 100,000 rows, and its other terms in the query. Required columns: tlc_license_number, amount, ' +
      'reference (source_id). Optional columns: lease_number, min_take_home.',
  })
  @CreatesUnlessDryRun(SettlementResultResponse)
  @ApiErrorResponses(
    'VALIDATION_FAILED',
    'PERIOD_NOT_A_PAYMENT_WEEK',
    'PAYMENT_WEEK_OUT_OF_RANGE',
    'IMPORT_FILE_INVALID',
    'IMPORT_HEADER_INVALID',
    'BODY_TOO_LARGE',
  )
  settle(
    @CurrentActor() actor: Actor,
    @JsonOrCsv(SettleDto) body: SettleDto | CsvFile,
    @Query() query: SettleFileDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<SettlementResultResponse> {
    if (body instanceof CsvFile) return this.files.settle(actor, body, termsOfFile(query), { request });
    requireNoFileTerms(query);
    return this.runs.run(actor, body, request);
  }
}
