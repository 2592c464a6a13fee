import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Page } from '../../../../platform/database/page.js';
import { Exports } from '../../../../platform/export/exports.js';
import type { FileRequest } from '../../../../platform/export/file-request.decorator.js';
import type { SettlementLineView, SettlementRunDetailView, SettlementRunView } from '../settlement.view.js';
import { SETTLEMENT_LINE_EXPORT } from './settlement-line.export.js';
import type {
  SettlementLineExportInput,
  SettlementLineListInput,
  SettlementRunListInput,
} from './settlement-list.input.js';
import { SettlementRunQuery } from './settlement-run.query.js';

/** Reads the history and progress of settlement runs, and exports their net sheets. */
@Injectable()
export class SettlementQueryService {
  constructor(
    private readonly runs: SettlementRunQuery,
    private readonly exports: Exports,
  ) {}

  list(query: SettlementRunListInput): Promise<Page<SettlementRunView>> {
    return this.runs.list(query);
  }

  /** Throws SETTLEMENT_RUN_NOT_FOUND. */
  get(runId: string): Promise<SettlementRunDetailView> {
    return this.runs.get(runId);
  }

  /** Throws SETTLEMENT_RUN_NOT_FOUND. */
  async listLines(runId: string, query: SettlementLineListInput): Promise<Page<SettlementLineView>> {
    await this.get(runId);
    return this.runs.listLines(runId, query);
  }

  /** Throws SETTLEMENT_RUN_NOT_FOUND. */
  async exportLines(
    runId: string,
    query: SettlementLineExportInput,
    request: FileRequest,
  ): Promise<StreamableFile> {
    await this.get(runId);
    const sql = this.runs.linesSql(runId, query);
    return this.exports.file(
      { definition: SETTLEMENT_LINE_EXPORT, query: { run_id: runId, ...query }, sql },
      request,
    );
  }
}
