import type { Page } from '../../../platform/database/page.js';
import type { BalanceView } from '../../ledger/index.js';
import type { ObligationEvent } from '../../ledger/index.js';

/** A change of what is owed on one installment, or money received after a write-off. */
export interface LoanTransactionItemView {
  readonly at: Date;
  readonly kind: ObligationEvent['kind'];
  readonly installment_id: string | null;
  readonly installment_number: number | null;
  readonly balance_id: string | null;
  readonly posting_id: string;
  readonly source_type: string;
  readonly source_id: string;
  readonly allocation_type: 'HIERARCHY' | 'TARGETED' | null;
  readonly voided_by_posting_id: string | null;
  readonly reverses_posting_id: string | null;
  readonly by: number | null;
  readonly reason: string | null;
  readonly description: string | null;
  readonly amount: string;
  readonly recovered: string;
  readonly balance: string;
}

/** The ledger transactions of a loan. */
export interface LoanTransactionsView extends Page<LoanTransactionItemView> {
  readonly total_charged: string;
  readonly total_settled: string;
  readonly total_recovered: string;
  readonly balance: string;
  readonly balances: BalanceView[];
}

export function transactionOf(
  { reference_id, ...event }: ObligationEvent,
  installmentNumbers: ReadonlyMap<string, number>,
): LoanTransactionItemView {
  return {
    ...event,
    installment_id: reference_id,
    installment_number: reference_id === null ? null : (installmentNumbers.get(reference_id) ?? null),
  };
}
