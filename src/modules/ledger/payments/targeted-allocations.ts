import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import type { TargetedPart, PayableBalance } from './payment-allocation.js';

/** A balance by its id, as a payer names it. */
export interface BalancePart {
  readonly balanceId: string;
  readonly amount: Money;
}

/** What is known of a named balance that is not open under the driver's lease. */
export interface IneligibleBalance {
  readonly balanceId: string;
  readonly isOfThisLease: boolean;
  readonly status: string;
}

/**
 * Finds the named balances among the open ones. Refuses a part of nothing, a balance that is unknown, of another lease,
 * not open or named twice, more than a balance owes, and more in all than the payment is.
 */
export function targetedAllocations<B extends PayableBalance>(
  payment: Money,
  parts: readonly BalancePart[],
  open: readonly B[],
  others: readonly IneligibleBalance[],
): TargetedPart<B>[] {
  const named = parts.map((part, index) => {
    const balance = open.find(({ balanceId }) => balanceId === part.balanceId);
    if (!balance) throw notPayable(part, index, others);
    if (parts.findIndex(({ balanceId }) => balanceId === part.balanceId) < index) {
      throw refusal('DUPLICATE_BALANCE', index, 'balance_id', `${part.balanceId} is named twice.`);
    }
    if (!part.amount.isPositive()) {
      throw refusal('VALIDATION_FAILED', index, 'amount', 'A part of a payment is above 0.00.');
    }
    if (part.amount.isGreaterThan(balance.outstanding)) {
      const sentence = `${part.balanceId} owes ${balance.outstanding}, less than the ${part.amount} meant for it.`;
      throw refusal('ALLOCATION_EXCEEDS_BALANCE', index, 'amount', sentence);
    }
    return { balance, amount: part.amount };
  });
  const sum = Money.sum(parts.map(({ amount }) => amount));
  if (sum.isGreaterThan(payment)) {
    const sentence = `The allocations add up to ${sum}, more than the payment of ${payment}.`;
    throw new DomainError('ALLOCATIONS_EXCEED_PAYMENT', sentence, [
      { field: 'allocations', message: sentence },
    ]);
  }
  return named;
}

function notPayable(
  { balanceId }: BalancePart,
  index: number,
  others: readonly IneligibleBalance[],
): DomainError {
  const other = others.find((balance) => balance.balanceId === balanceId);
  if (!other) {
    return refusal('BALANCE_UNKNOWN', index, 'balance_id', `There is no balance ${balanceId}.`);
  }
  if (!other.isOfThisLease) {
    const sentence = `${balanceId} is not a balance of this driver and lease.`;
    return refusal('BALANCE_LEASE_MISMATCH', index, 'balance_id', sentence);
  }
  return new DomainError('BALANCE_NOT_OPEN', `${balanceId} is ${other.status} and takes no payment.`);
}

function refusal(
  code:
    | 'VALIDATION_FAILED'
    | 'BALANCE_UNKNOWN'
    | 'BALANCE_LEASE_MISMATCH'
    | 'DUPLICATE_BALANCE'
    | 'ALLOCATION_EXCEEDS_BALANCE',
  index: number,
  field: 'balance_id' | 'amount',
  sentence: string,
): DomainError {
  return new DomainError(code, sentence, [{ field: `allocations.${index}.${field}`, message: sentence }]);
}
