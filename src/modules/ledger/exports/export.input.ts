import type { Unpaged } from '../../../platform/database/page.js';
import type { BalanceListInput } from '../balances/balance.input.js';
import type { PaymentListInput } from '../payments/history/payment-list.input.js';
import type { PostingListInput } from '../postings/posting.input.js';
import type { StatementInput } from '../statements/statement.input.js';

export type PostingExportInput = Unpaged<PostingListInput>;

export type PaymentExportInput = Unpaged<PaymentListInput>;

export type BalanceExportInput = Unpaged<BalanceListInput>;

/** The statements of a week: of all drivers unless a driver or lease is given. */
export interface StatementExportInput
  extends
    Omit<StatementInput, 'driver_id' | 'lease_id' | 'format'>,
    Partial<Pick<StatementInput, 'driver_id' | 'lease_id'>> {}
