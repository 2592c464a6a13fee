import type { Page } from '../../../platform/database/page.js';
import type { BalanceView, ObligationEvent, ObligationTotals } from '../../ledger/index.js';

/** A change of what is owed on one installment, or money received after a write-off. */
export interface LoanTransactionItemView extends Omit<ObligationEvent, 'reference_id'> {
  readonly installment_id: string | null;
  readonly installment_number: number | null;
}

/** The ledger transactions of a loan. */
export interface LoanTransactionsView extends Page<LoanTransactionItemView>, ObligationTotals {
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
