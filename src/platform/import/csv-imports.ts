import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { Changes } from '../changes/changes.js';
import { AppConfig } from '../config/app-config.js';
import { raiseStatementTimeout, Transactions, Tx } from '../database/transactions.js';
import type { IdempotentRequest } from '../idempotency/idempotent-request.js';
import type { CsvFile } from './csv-file.js';
import type { CsvImport, ParsedRow, RowResult } from './csv-import.js';
import type { CsvLayout } from './csv-layout.js';
import { requireMonthFirst } from './cells/date-order.js';
import { requireSize } from './file-refusal.js';
import { ImportKeysRepository } from './import-keys.repository.js';
import { ImportReport } from './import-report.js';
import type { ImportReportView } from './import-report.js';
import { readBatches } from './row-batches.js';
import { rowError } from './row-error.js';

/** How a file is to be imported, and how it came. */
export interface ImportOptions {
  readonly dry_run?: boolean;
  /** Whether one bad row refuses the file; the kind's own default where left out */
  readonly all_or_nothing?: boolean;
  /** None where the file did not come as a request that may be repeated */
  readonly request?: IdempotentRequest;
  /** Told after each batch how many rows and bytes are read; begins anew where the file is read again */
  readonly onProgress?: (rows: number, bytes: number) => void;
}

interface Reading<Entry, Layout extends CsvLayout> {
  readonly tx: Tx;
  readonly what: CsvImport<Entry, Layout>;
  readonly actor: Actor;
  readonly file: CsvFile;
  readonly report: ImportReport;
  /** Nothing of it will stand */
  readonly isDryRun: boolean;
  readonly onProgress: ImportOptions['onProgress'];
}

/** Imports CSV files: reads, checks, writes and reports, in one transaction and in constant memory. */
@Injectable()
export class CsvImports {
  constructor(
    private readonly config: AppConfig,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly keys: ImportKeysRepository,
  ) {}

  /**
   * Imports the file. A dry run does the same and rolls it back. Throws UNSUPPORTED_MEDIA_TYPE where there is no file,
   * BODY_TOO_LARGE, IMPORT_FILE_INVALID, IMPORT_HEADER_INVALID, IMPORT_IN_PROGRESS, and IMPORT_REJECTED where a row of a
   * file that is all or nothing is bad; nothing is written then.
   */
  async run<Entry, Layout extends CsvLayout>(
    what: CsvImport<Entry, Layout>,
    actor: Actor,
    file: CsvFile | null,
    options: ImportOptions,
  ): Promise<ImportReportView> {
    if (!file) throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the file itself as text/csv.');
    requireSize(file.bytes, this.config.IMPORT_MAX_BYTES);
    await requireMonthFirst(file);
    const dryRun = options.dry_run ?? false;
    const allOrNothing = options.all_or_nothing ?? what.allOrNothing;
    const unit = async (tx: Tx): Promise<ImportReportView> => {
      await raiseStatementTimeout(tx);
      await this.keys.begin(tx, what.kind);
      const read = async (isDryRun: boolean): Promise<ImportReport> => {
        const report = new ImportReport({ dryRun, allOrNothing });
        await this.read({ tx, what, actor, file, report, isDryRun, onProgress: options.onProgress });
        if (report.isRefused && !dryRun) throw report.refusal();
        return report;
      };
      if (what.dryRunFirst && allOrNothing && !dryRun) {
        await read(true);
        await this.keys.forget(tx);
      }
      return (await read(dryRun)).answer();
    };
    return dryRun ? this.transactions.dryRun(unit) : this.changes.runIdempotent(options.request, unit);
  }

  private async read<Entry, Layout extends CsvLayout>(reading: Reading<Entry, Layout>): Promise<void> {
    const { what, file, report, onProgress } = reading;
    for await (const { rows, lines, errors, bytes } of readBatches(file, what)) {
      const results = new Map([...errors, ...(await this.write(reading, rows))]);
      report.add(lines.map((line) => resultOn(line, results)));
      onProgress?.(report.rows, bytes);
    }
  }

  /** Writes the rows but for those that name again what an earlier one of the file named. */
  private async write<Entry, Layout extends CsvLayout>(
    { tx, what, actor, isDryRun }: Reading<Entry, Layout>,
    rows: readonly ParsedRow<Entry>[],
  ): Promise<Map<number, RowResult>> {
    const keyed = rows.map((row) => ({ ...row, key: what.keyOf(row.entry) }));
    const owners = await this.keys.claim(tx, keyed);
    const results = new Map<number, RowResult>();
    for (const row of keyed) {
      const owner = owners.get(row.key);
      if (owner === row.line) continue;
      const reason = `${row.key} stands on line ${owner} already.`;
      results.set(row.line, [rowError(row, 'IMPORT_ROW_DUPLICATE', null, reason)]);
    }
    const firsts = keyed.filter(({ line }) => !results.has(line));
    const written = await what.write(tx, actor, firsts, isDryRun);
    return new Map([...results, ...written]);
  }
}

function resultOn(line: number, results: ReadonlyMap<number, RowResult>): RowResult {
  const result = results.get(line);
  if (result === undefined) throw new Error(`nobody said what became of line ${line}`);
  return result;
}
