import type { BalanceView } from '../balances/balance.view.js';
import type { WrittenPostingView } from '../postings/posting.view.js';

/** A balance in the response of the request that creates it. */
export interface WrittenBalanceView extends BalanceView {
  readonly balance_id: string;
  readonly posting_id: string;
}

/** An obligation as it is recorded. */
export interface RecordedObligationView {
  readonly posting: WrittenPostingView;
  readonly balance: WrittenBalanceView;
  readonly credit_used: string;
}

export interface ObligationView extends RecordedObligationView {
  readonly dry_run: boolean;
}
