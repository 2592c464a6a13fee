import type { Category } from '../account/category.js';

export type SettlementRunStatus = 'RUNNING' | 'COMPLETED' | 'FAILED' | 'VOIDED';

type SettlementLineStatus = 'PENDING' | 'PAID' | 'NOTHING_DUE' | 'REJECTED' | 'VOIDED';

/** A settlement run. While it is RUNNING, its counts are its progress. */
export interface SettlementRunView {
  readonly run_id: string;
  readonly status: SettlementRunStatus;
  readonly payment_period_start: string;
  readonly lines_total: number;
  readonly lines_paid: number;
  readonly lines_rejected: number;
  readonly lines_nothing_due: number;
  /** The earnings of the lines that are not rejected: total_applied + total_net */
  readonly total_earnings: string;
  readonly total_applied: string;
  readonly total_net: string;
  /** What the lines paid, in the order of payment */
  readonly by_category: { readonly category: Category; readonly amount: string }[];
  readonly started_by: number | null;
  readonly started_at: Date;
  readonly completed_at: Date | null;
}

export interface SettlementLineView {
  readonly line_number: number;
  readonly driver_id: number | null;
  readonly tlc_license_number: string | null;
  readonly lease_id: number | null;
  readonly amount: string;
  readonly min_take_home: string;
  readonly source_id: string;
  readonly status: SettlementLineStatus;
  readonly applied: string;
  readonly net: string;
  readonly posting_id: string | null;
  readonly allocations_count: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}
