import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { Changes } from '../changes/changes.js';
import { AppConfig } from '../config/app-config.js';
import { prepareBulkWork, Transactions, Tx } from '../database/transactions.js';
import type { IdempotentRequest } from '../idempotency/idempotent-request.js';
import type { CsvFile } from './csv-file.js';
import type { CsvImport, ParsedRow } from './csv-import.js';
import type { CsvLayout } from './csv-layout.js';
import { requireMonthFirst } from './cells/date-order.js';
import { requireSize } from './file-error.js';
import { ImportKeysRepository } from './import-keys.repository.js';
import { ImportReport } from './import-report.js';
import type { ImportReportView, RowResult } from './import-report.js';
import { readBatches } from './row-batches.js';
import { rowError } from './row-error.js';

/** The options of an import. */
export interface ImportOptions {
  readonly dry_run?: boolean;
  /** Whether one invalid row rejects the file. Default: the setting of the kind. */
  readonly all_or_nothing?: boolean;
  /** Absent if the file did not come in a repeatable request */
  readonly request?: IdempotentRequest;
  /** Called after each batch with the rows and bytes read so far. Starts again from 0 if the file is read again. */
  readonly onProgress?: (rows: number, bytes: number) => void;
}

interface Reading<Entry, Layout extends CsvLayout> {
  readonly tx: Tx;
  readonly definition: CsvImport<Entry, Layout>;
  readonly actor: Actor;
  readonly file: CsvFile;
  readonly report: ImportReport;
  /** Everything will be rolled back */
  readonly isDryRun: boolean;
  readonly onProgress: ImportOptions['onProgress'];
}

/** Imports CSV files: reads, validates, writes and reports in one transaction and constant memory. */
@Injectable()
export class CsvImports {
  constructor(
    private readonly config: AppConfig,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly keys: ImportKeysRepository,
  ) {}

  /**
   * Imports the file. A dry run does the same and rolls back. Throws UNSUPPORTED_MEDIA_TYPE without a file,
   * BODY_TOO_LARGE, IMPORT_FILE_INVALID, IMPORT_HEADER_INVALID and IMPORT_IN_PROGRESS. Throws IMPORT_REJECTED, and
   * writes nothing, if a row of an all-or-nothing file is invalid.
   */
  async run<Entry, Layout extends CsvLayout>(
    definition: CsvImport<Entry, Layout>,
    actor: Actor,
    file: CsvFile | null,
    options: ImportOptions,
  ): Promise<ImportReportView> {
    if (!file) throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the file itself as text/csv.');
    requireSize(file.bytes, this.config.IMPORT_MAX_BYTES);
    await requireMonthFirst(file);
    const dryRun = options.dry_run ?? false;
    const allOrNothing = options.all_or_nothing ?? definition.allOrNothing;
    const work = async (tx: Tx): Promise<ImportReportView> => {
      await prepareBulkWork(tx);
      await this.keys.lockKind(tx, definition.kind);
      const read = async (isDryRun: boolean): Promise<ImportReport> => {
        const report = new ImportReport({ dryRun, allOrNothing });
        await this.read({ tx, definition, actor, file, report, isDryRun, onProgress: options.onProgress });
        if (report.isRejected && !dryRun) throw report.rejection();
        return report;
      };
      if (definition.dryRunFirst && allOrNothing && !dryRun) {
        await read(true);
        await this.keys.clear(tx);
      }
      return (await read(dryRun)).toView();
    };
    return dryRun ? this.transactions.dryRun(work) : this.changes.runIdempotent(options.request, work);
  }

  private async read<Entry, Layout extends CsvLayout>(reading: Reading<Entry, Layout>): Promise<void> {
    const { definition, file, report, onProgress } = reading;
    for await (const { rows, lines, errors, bytes } of readBatches(file, definition)) {
      const results = new Map([...errors, ...(await this.write(reading, rows))]);
      report.add(lines.map((line) => resultOn(line, results)));
      onProgress?.(report.rows, bytes);
    }
  }

  /** Writes the rows, except those that repeat the key of an earlier row of the file. */
  private async write<Entry, Layout extends CsvLayout>(
    { tx, definition, actor, isDryRun }: Reading<Entry, Layout>,
    rows: readonly ParsedRow<Entry>[],
  ): Promise<Map<number, RowResult>> {
    const keyed = rows.map((row) => ({ ...row, key: definition.keyOf(row.entry) }));
    const owners = await this.keys.claim(tx, keyed);
    const results = new Map<number, RowResult>();
    for (const row of keyed) {
      const owner = owners.get(row.key);
      if (owner === row.line) continue;
      const reason = `${row.key} is already on line ${owner}.`;
      results.set(row.line, [rowError(row, 'IMPORT_ROW_DUPLICATE', null, reason)]);
    }
    const uniqueRows = keyed.filter(({ line }) => !results.has(line));
    const written = await definition.write(tx, actor, uniqueRows, isDryRun);
    return new Map([...results, ...written]);
  }
}

function resultOn(line: number, results: ReadonlyMap<number, RowResult>): RowResult {
  const result = results.get(line);
  if (result === undefined) throw new Error(`line ${line} has no result`);
  return result;
}
