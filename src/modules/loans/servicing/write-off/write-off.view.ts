import type { LoanAfterChangeView } from '../../overview/loan.view.js';

/** Money received after a write-off. */
export interface RecoveryView {
  readonly dry_run: boolean;
  readonly posting_id: string;
  readonly loan: LoanAfterChangeView;
}

/** A loan that was written off. */
export interface WriteOffView {
  readonly dry_run: boolean;
  readonly posting_id: string;
  readonly credit_used: string;
  readonly amount_settled: string;
  readonly loan: LoanAfterChangeView;
}
