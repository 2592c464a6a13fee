import { DomainError } from '../../kernel/errors/domain-error.js';
import { counted } from '../../kernel/text/sentence.js';
import type { RowError } from './row-error.js';

/** The result of an imported row. */
export type Outcome = 'created' | 'updated' | 'unchanged';

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
  readonly errors_total: number;
  readonly errors: RowError[];
}

const MAX_ERRORS = 1_000;

/** Counts the results of rows and stores the first errors, so its size does not grow with the file. */
export class ImportReport {
  private readonly counts: Record<Outcome | 'rejected', number> = {
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
  };
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

  /** Adds the results of rows in the order of the file: the outcome, or the errors of a rejected row. */
  add(results: Iterable<Outcome | readonly RowError[]>): void {
    for (const result of results) {
      if (typeof result === 'string') this.counts[result] += 1;
      else this.reject(result);
    }
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
