import type { Category } from '../account/category.js';
import type { SettlementLineStatus, SettlementRunStatus } from './settlement-status.js';

/** A settlement run. While it is RUNNING, its counts are its progress. */
export interface SettlementRunView {
  readonly run_id: string;
  readonly status: SettlementRunStatus;
  /** A run that is kept is never a dry run */
  readonly dry_run: boolean;
  readonly payment_period_start: string;
  readonly lines_total: number;
  readonly lines_paid: number;
  readonly lines_rejected: number;
  readonly lines_nothing_due: number;
  /** The earnings of the lines that are not rejected: total_applied + total_net */
  readonly total_earnings: string;
  readonly total_applied: string;
  readonly total_net: string;
  readonly failure: string | null;
  readonly started_by: number | null;
  readonly started_at: Date;
  readonly completed_at: Date | null;
  readonly voided_by: number | null;
  readonly voided_at: Date | null;
  readonly void_reason: string | null;
}

export interface SettlementRunDetailView extends SettlementRunView {
  /** What the lines paid, in the order of payment */
  readonly by_category: CategoryAmountView[];
  /** The lines that were voided since. The other counts and totals stay as the run settled them. */
  readonly lines_voided: number;
  /** The part of total_applied that was voided since */
  readonly total_voided: string;
}

export interface CategoryAmountView {
  readonly category: Category;
  readonly amount: string;
}

/** The answer to the lines of a run: the run, and what became of lines. */
export interface SettlementResultView extends SettlementRunDetailView {
  /**
   * The rejected lines, at most MAX_ANSWERED_LINES. Of a dry run, whose lines are not kept, all lines, unless there are more
   * than that.
   */
  readonly lines: SettlementLineView[];
}

export interface SettlementLineView {
  readonly line_number: number;
  readonly driver_id: number | null;
  readonly tlc_license_number: string | null;
  readonly driver_name: string | null;
  readonly lease_id: number | null;
  readonly lease_number: string | null;
  /** As the reference, null on a rejected line of a file that could not be read */
  readonly amount: string | null;
  readonly min_take_home: string;
  readonly source_id: string | null;
  readonly status: SettlementLineStatus;
  readonly applied: string;
  readonly net: string;
  readonly posting_id: string | null;
  readonly allocations_count: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}
