import type { Money } from '../../../../kernel/money/money.js';
import type { ReceiptInput } from '../../../ledger/index.js';

export interface RecoverLoanInput extends ReceiptInput {
  readonly amount: Money;
  readonly source_id: string;
  readonly dry_run?: boolean;
}

export interface WriteOffLoanInput {
  readonly reason: string;
  readonly dry_run?: boolean;
}
