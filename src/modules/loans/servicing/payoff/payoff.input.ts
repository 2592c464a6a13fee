import type { Money } from '../../../../kernel/money/money.js';
import type { ReceiptInput } from '../../../ledger/index.js';

/** The payment of a payoff, which pays only this loan. */
export interface PayoffPaymentInput extends ReceiptInput {
  readonly amount: Money;
  readonly source_type: string;
  readonly source_id: string;
}

export interface PayOffLoanInput {
  readonly payment?: PayoffPaymentInput;
  readonly reason?: string;
  readonly dry_run?: boolean;
}

export interface UndoPayoffInput {
  readonly reason: string;
  readonly dry_run?: boolean;
}
