import { DomainError } from '../../kernel/errors/domain-error.js';
import { counted } from '../../kernel/text/sentence.js';
import type { RowChange, RowUpdate } from './report/row-change.js';
import type { RowError } from './row-error.js';

/** The result of an imported row; of a rejected one its errors. */
export type RowResult = 'created' | 'unchanged' | RowUpdate | readonly RowError[];

type Outcome = 'created' | 'updated' | 'unchanged';

/** The result of an import or of its dry run. */
export interface ImportReportView {
  readonly dry_run: boolean;
  readonly all_or_nothing: boolean;
  readonly applied: boolean;
  readonly message: string;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly changes_total: number;
  readonly changes: RowChange[];
  readonly errors_total: number;
  readonly errors: RowError[];
}

const MAX_ERRORS = 1_000;
const MAX_CHANGES = 100;

/** Counts the results of rows and stores the first changes and errors, so its size does not grow with the file. */
export class ImportReport {
  private readonly counts: Record<Outcome | 'rejected', number> = {
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
  };
  private readonly changes: RowChange[] = [];
  private changesTotal = 0;
  private readonly errors: RowError[] = [];
  private errorsTotal = 0;

  constructor(private readonly options: { readonly dryRun: boolean; readonly allOrNothing: boolean }) {}

  get rows(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** Whether the file is rejected because of the errors so far. */
  get isRejected(): boolean {
    return this.options.allOrNothing && this.counts.rejected > 0;
  }

  /** Adds the results of rows in the order of the file. */
  add(results: Iterable<RowResult>): void {
    for (const result of results) {
      if (typeof result === 'string') this.counts[result] += 1;
      else if ('changes' in result) this.update(result);
      else this.reject(result);
    }
  }

  private update({ changes }: RowUpdate): void {
    this.counts.updated += 1;
    this.changesTotal += changes.length;
    this.changes.push(...changes.slice(0, MAX_CHANGES - this.changes.length));
  }

  private reject(errors: readonly RowError[]): void {
    this.counts.rejected += 1;
    this.errorsTotal += errors.length;
    this.errors.push(...errors.slice(0, MAX_ERRORS - this.errors.length));
  }

  toView(): ImportReportView {
    const { dryRun, allOrNothing } = this.options;
    return {
      dry_run: dryRun,
      all_or_nothing: allOrNothing,
      applied: !dryRun,
      message: this.message(),
      rows: this.rows,
      ...this.counts,
      changes_total: this.changesTotal,
      changes: this.changes,
      errors_total: this.errorsTotal,
      errors: this.errors,
    };
  }

  /** The error for an all-or-nothing file with an invalid row. */
  rejection(): DomainError {
    const [first] = this.errors;
    return new DomainError(
      'IMPORT_REJECTED',
      `Nothing was imported: ${this.counts.rejected} of ${this.rows} rows cannot be imported` +
        (first ? `, the first on line ${first.line}: ${first.reason}` : '.'),
      this.errors.map(({ line, field, value, reason }) => ({
        line,
        field: field ?? '',
        value,
        message: reason,
      })),
    );
  }

  private message(): string {
    const { created, updated, unchanged, rejected } = this.counts;
    const counts = `${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`;
    if (!this.options.dryRun) return `Read ${counted(this.rows, 'row')}: ${counts}.`;
    const consequence = this.isRejected ? ' The import would reject the whole file.' : '';
    return `Dry run, nothing was written. Read ${counted(this.rows, 'row')}: ${counts}.${consequence}`;
  }
}
