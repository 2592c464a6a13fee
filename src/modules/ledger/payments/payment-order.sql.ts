import { toSqlList } from '../../../kernel/codes/labels.js';
import { PAYMENT_ORDER } from '../account/category.js';

/**
 * The ORDER BY of the order of payment (payment-order.ts) for rows of `ledger_balances` under this alias. Balances that a
 * payment by hierarchy does not pay are last.
 */
export const orderOfPayment = (balance: string): string => `
  array_position(ARRAY[${toSqlList(PAYMENT_ORDER)}], ${balance}.category), ${balance}.due_date, ${balance}.posting_id`;
