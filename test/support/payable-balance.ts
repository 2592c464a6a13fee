import { calendarDate } from '../../src/kernel/calendar/calendar-date.js';
import { Money } from '../../src/kernel/money/money.js';
import type { Category } from '../../src/modules/ledger/account/category.js';
import type {
  AllocationResult,
  CreditSource,
  PayableBalance,
} from '../../src/modules/ledger/payments/payment-allocation.js';
import { allocatePayment } from '../../src/modules/ledger/payments/payment-allocation.js';

export const PAYMENT_ID = 'LP-payment';
export const LEASE = 1;
export const OTHER_LEASE = 2;
export const cents = (count: number): Money => Money.of((count / 100).toFixed(2));

/** An open balance of 100.00. The balances of a test are ordered by age like their ids. */
export function openBalance(
  balanceId: string,
  category: Category,
  dueDate = '2025-11-08',
  outstanding = '100.00',
  leaseId = LEASE,
): PayableBalance {
  const age = BigInt(balanceId.replace(/\D/g, ''));
  return {
    balanceId,
    leaseId,
    category,
    dueDate: calendarDate(dueDate),
    age,
    outstanding: Money.of(outstanding),
  };
}

export const allocateByHierarchy = <B extends PayableBalance>(
  amount: Money,
  open: readonly B[],
  credits: readonly CreditSource[] = [],
): AllocationResult<B> =>
  allocatePayment({
    credits,
    payment: { postingId: PAYMENT_ID, amount },
    leaseId: LEASE,
    targeted: [],
    open,
  });
