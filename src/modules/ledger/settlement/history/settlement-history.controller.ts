import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../../../platform/database/page.js';
import { ApiFileResponse } from '../../../../platform/export/api-file-response.decorator.js';
import { exportOf } from '../../../../platform/export/export.response.js';
import type { FileRequest } from '../../../../platform/export/file-request.decorator.js';
import { RequestedFile } from '../../../../platform/export/file-request.decorator.js';
import { RequiresPermission } from '../../../../platform/http/access/requires-permission.decorator.js';
import { ENTITY_TAG, WithETag } from '../../../../platform/http/entity-tag/with-etag.decorator.js';
import { Heavy } from '../../../../platform/http/limits/heavy-work.interceptor.js';
import { ApiErrorResponses } from '../../../../platform/http/openapi/api-error-responses.decorator.js';
import {
  SettlementLinePage,
  SettlementLineResponse,
  SettlementRunDetailResponse,
  SettlementRunPage,
  SettlementRunResponse,
} from '../settlement.response.js';
import {
  SettlementExportParams,
  SettlementLineExportDto,
  SettlementLineListDto,
  SettlementRunListDto,
  SettlementRunParams,
} from './settlement-list.dto.js';
import { SettlementQueryService } from './settlement-query.service.js';

@ApiTags('Settlement runs')
@Controller('ledger/settlement-runs')
export class SettlementHistoryController {
  constructor(private readonly runs: SettlementQueryService) {}

  @Get()
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'History and progress of settlement runs' })
  @ApiOkResponse({ type: SettlementRunPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() query: SettlementRunListDto): Promise<Page<SettlementRunResponse>> {
    return this.runs.list(query);
  }

  @Get(':run_id')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'One settlement run with what it paid, by category' })
  @WithETag()
  @ApiOkResponse({ type: SettlementRunDetailResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'SETTLEMENT_RUN_NOT_FOUND')
  get(@Param() { run_id }: SettlementRunParams): Promise<SettlementRunDetailResponse> {
    return this.runs.get(run_id);
  }

  @Get(':run_id/lines')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'The lines of a settlement run: what each paid, and the net pay' })
  @ApiOkResponse({ type: SettlementLinePage })
  @ApiErrorResponses('VALIDATION_FAILED', 'SETTLEMENT_RUN_NOT_FOUND')
  listLines(
    @Param() { run_id }: SettlementRunParams,
    @Query() query: SettlementLineListDto,
  ): Promise<Page<SettlementLineResponse>> {
    return this.runs.listLines(run_id, query);
  }

  @Get(':run_id/lines/export/:format')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Export the net sheet of a settlement run' })
  @ApiFileResponse(exportOf(SettlementLineResponse, 'SettlementLineExport'))
  @ApiErrorResponses('VALIDATION_FAILED', 'SETTLEMENT_RUN_NOT_FOUND', 'REPORT_TOO_LONG')
  @Heavy()
  exportLines(
    @Param() { run_id }: SettlementExportParams,
    @Query() query: SettlementLineExportDto,
    @RequestedFile() request: FileRequest,
  ): Promise<StreamableFile> {
    return this.runs.exportLines(run_id, query, request);
  }
}
