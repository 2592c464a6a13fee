import type { Money } from '../../../kernel/money/money.js';
import type { ListRequest } from '../../../platform/database/page.js';
import type { PaymentMethod } from '../postings/posting-kind.js';

export interface ApplyCreditsInput {
  readonly driver_id: number;
  readonly dry_run: boolean;
}

export interface CreditListInput extends ListRequest {
  readonly driver_id?: number;
}

export interface RefundCreditInput {
  readonly driver_id: number;
  readonly amount: Money;
  readonly method: PaymentMethod;
  readonly reference: string;
  readonly reason: string;
  readonly dry_run: boolean;
}
