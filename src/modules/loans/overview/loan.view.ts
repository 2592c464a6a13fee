import type { NamedDriver } from '../../drivers/index.js';
import type { ScheduleChangeKind } from '../schedule/schedule-version.js';
import type { ChangedInstallmentView, InstallmentView } from '../installments/installment.view.js';
import type { LoanStatus } from '../loan/loan-status.js';
import type { AuditEntry } from '../../../platform/audit/audit-entry.js';

export const HISTORY_KINDS = ['STATUS', 'AUDIT', 'SCHEDULE', 'WAIVER'] as const;

/** One event in the history of a loan. */
export interface LoanHistoryItemView {
  readonly at: Date;
  readonly kind: (typeof HISTORY_KINDS)[number];
  readonly by: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly action?: string;
  readonly before?: object | null;
  readonly after?: object | null;
  readonly version?: number;
  readonly change?: ScheduleChangeKind;
  readonly interest_from?: string;
  readonly interest_to?: string;
  readonly days?: number;
  readonly amount?: string;
}

export interface LoanHistoryView {
  readonly items: LoanHistoryItemView[];
}

export interface LoanLeaseView {
  readonly id: number;
  readonly lease_number: string;
  readonly medallion_number: string;
  readonly vehicle_plate: string;
}

/** A loan with its totals. */
export interface LoanListItemView {
  readonly id: number;
  readonly loan_id: string;
  readonly loan_number: number;
  readonly driver_id: number;
  readonly lease_id: number;
  readonly loan_amount: string;
  readonly interest_rate: string;
  readonly purpose: string | null;
  readonly notes: string | null;
  readonly loan_date: string;
  readonly start_week: string;
  readonly end_week: string;
  readonly status: LoanStatus;
  readonly total_principal_paid: string;
  readonly total_interest_paid: string;
  readonly written_off: string;
  readonly recovered: string;
  readonly outstanding_balance: string;
  readonly total_interest: string;
  readonly total_payable: string;
  readonly interest_accrued_through: string;
  readonly waived_interest: string;
  readonly next_due_date: string | null;
  readonly amount_due: string;
  readonly amount_overdue: string;
  readonly approved_by: number | null;
  readonly approved_on: Date | null;
  readonly closed_on: Date | null;
  readonly closure_reason: string | null;
  readonly created_by: number | null;
  readonly created_on: Date;
  readonly updated_on: Date;
  readonly import_reference: string | null;
  readonly driver: NamedDriver;
  readonly lease: LoanLeaseView;
}

export interface LoanDetailView extends LoanListItemView {
  readonly schedule_version: number;
  readonly total_installments: number;
  readonly paid_installments: number;
  readonly pending_installments: number;
  readonly left_to_recover: string;
  readonly installments: InstallmentView[];
}

/** A loan in the response to a change; in a dry run, as the change would leave it. */
export interface LoanAfterChangeView extends LoanDetailView {
  readonly installments: ChangedInstallmentView[];
}

export interface ChangedLoanView extends LoanAfterChangeView {
  readonly dry_run: boolean;
}

/** Counts and amounts in dollars of the loans that match the filters. */
export interface LoanStatisticsView {
  readonly total_loans: number;
  readonly draft_loans: number;
  readonly active_loans: number;
  readonly on_hold_loans: number;
  readonly closed_loans: number;
  readonly cancelled_loans: number;
  readonly total_amount_disbursed: string;
  readonly total_amount_collected: string;
  readonly total_outstanding: string;
  readonly total_written_off: string;
  readonly total_recovered: string;
  readonly total_interest_collected: string;
  readonly cancelled_after_posting_loans: number;
  readonly total_cancelled_after_posting: string;
}

export function historyItemOf({ at, actor_id, action, before, after }: AuditEntry): LoanHistoryItemView {
  const reason = typeof after?.['reason'] === 'string' ? after['reason'] : null;
  return { at, kind: 'AUDIT', by: actor_id, from: null, to: null, reason, action, before, after };
}
