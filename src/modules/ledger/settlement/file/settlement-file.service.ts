import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { Money } from '../../../../kernel/money/money.js';
import { AppConfig } from '../../../../platform/config/app-config.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { CsvFile } from '../../../../platform/import/csv-file.js';
import type { ParsedRow } from '../../../../platform/import/csv-import.js';
import { fileError, requireSize } from '../../../../platform/import/file-error.js';
import { readBatches } from '../../../../platform/import/row-batches.js';
import { sentenceOf } from '../../../../platform/import/row-error.js';
import type { RowError } from '../../../../platform/import/row-error.js';
import type { LineError, LineRules, SettlementLine } from '../settlement-lines.js';
import { settlementLine } from '../settlement-lines.js';
import { SettlementRunRepository } from '../settlement-run.repository.js';
import type { SettlementOptions } from '../settlement-run.service.js';
import { SettlementRunService } from '../settlement-run.service.js';
import type { SettlementTerms } from '../settlement.input.js';
import type { SettlementResultView } from '../settlement.view.js';
import { EARNINGS_FILE } from './earnings-file.layout.js';
import type { EarningsRow } from './earnings-file.layout.js';

const MAX_ROWS = 100_000;

/** Settles earnings from a CSV file. The same lines in JSON are the same run. */
@Injectable()
export class SettlementFileService {
  constructor(
    private readonly config: AppConfig,
    private readonly runs: SettlementRunService,
    private readonly repository: SettlementRunRepository,
  ) {}

  /**
   * As `SettlementRunService.run`, with the rows of the file; a line has the number of its line in the file. Throws also
   * BODY_TOO_LARGE, IMPORT_FILE_INVALID, also for a file without rows or with more than 100,000, and IMPORT_HEADER_INVALID.
   */
  async settle(
    actor: Actor,
    file: CsvFile,
    terms: SettlementTerms,
    options: SettlementOptions,
  ): Promise<SettlementResultView> {
    requireSize(file.bytes, this.config.IMPORT_MAX_BYTES);
    return this.runs.runLines(actor, terms, (tx, rules) => this.read(tx, file, rules), options);
  }

  private async *read(tx: Tx, file: CsvFile, rules: LineRules): AsyncGenerator<SettlementLine[]> {
    let count = 0;
    for await (const { lines, rows, errors } of readBatches(file, EARNINGS_FILE)) {
      count += lines.length;
      if (count > MAX_ROWS) {
        throw fileError(`The file has more than ${MAX_ROWS} rows. Split it into smaller files.`);
      }
      const numbers = rows.flatMap(({ entry }) => entry.lease_number ?? []);
      const leaseIds = await this.repository.findLeaseIds(tx, numbers);
      yield [
        ...rows.map((row) => lineOf(row, leaseIds, rules)),
        ...[...errors].map(([line, ofLine]) => rejectedLine(line, ofLine)),
      ].sort((one, other) => one.lineNumber - other.lineNumber);
    }
  }
}

function lineOf(
  { line, entry }: ParsedRow<EarningsRow>,
  leaseIds: ReadonlyMap<string, number>,
  rules: LineRules,
): SettlementLine {
  const { lease_number, reference: source_id, ...earnings } = entry;
  const lease_id = lease_number === undefined ? undefined : leaseIds.get(lease_number);
  const settled = settlementLine(line, { ...earnings, lease_id, source_id }, rules);
  if (lease_number === undefined || lease_id !== undefined || settled.error) return settled;
  return { ...settled, error: { code: 'LEASE_UNKNOWN', message: `There is no lease ${lease_number}.` } };
}

/** A row whose cells could not be read. */
function rejectedLine(line: number, errors: readonly RowError[]): SettlementLine {
  return {
    lineNumber: line,
    driverId: null,
    tlcLicenseNumber: null,
    leaseId: null,
    amount: null,
    minTakeHome: Money.ZERO,
    sourceId: null,
    error: errorOf(errors),
  };
}

function errorOf(errors: readonly RowError[]): LineError {
  const message = errors.map((error) => sentenceOf(error)).join(' ');
  return { code: errors[0]?.code ?? 'VALIDATION_FAILED', message };
}
