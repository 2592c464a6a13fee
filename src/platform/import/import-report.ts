import { DomainError } from '../../kernel/errors/domain-error.js';
import { counted } from '../../kernel/text/sentence.js';
import type { RowError } from './row-error.js';

/** What became of a row. */
export type Outcome = 'created' | 'updated' | 'unchanged';

/** What an import did, or would do. */
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

/** Counts what becomes of the rows, and keeps the first errors: it does not grow with the file. */
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

  /** Whether the file as a whole is refused for what was found so far. */
  get isRefused(): boolean {
    return this.options.allOrNothing && this.counts.rejected > 0;
  }

  /** The result of each row: what it did, or why it is not taken. In the order of the file. */
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

  answer(): ImportReportView {
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

  /** The answer to a file that is all or nothing and has a bad row. */
  refusal(): DomainError {
    const [first] = this.errors;
    return new DomainError(
      'IMPORT_REJECTED',
      `Nothing was imported: ${this.counts.rejected} of ${this.rows} rows cannot be taken` +
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
    const outlook = this.isRefused ? ' The import itself would refuse the whole file.' : '';
    return `Dry run, nothing was written. Read ${counted(this.rows, 'row')}: ${counts}.${outlook}`;
  }
}
