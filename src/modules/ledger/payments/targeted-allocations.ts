import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';
import type { TargetedPart, PayableBalance } from './payment-allocation.js';

/** A balance that the payer selects, by its id. */
export interface BalancePart {
  readonly balanceId: string;
  readonly amount: Money;
}

/** A selected balance that is not open for the driver's lease. */
export interface IneligibleBalance {
  readonly balanceId: string;
  readonly isOfThisLease: boolean;
  readonly status: string;
}

/**
 * Matches the parts with the open balances. Throws if a part is not greater than 0.00, if its balance is unknown, of
 * another lease, not open or listed twice, if a part exceeds its balance, or if the sum exceeds the payment.
 */
export function targetedAllocations<B extends PayableBalance>(
  payment: Money,
  parts: readonly BalancePart[],
  open: readonly B[],
  ineligible: readonly IneligibleBalance[],
): TargetedPart<B>[] {
  const targeted = parts.map((part, index) => {
    const balance = open.find(({ balanceId }) => balanceId === part.balanceId);
    if (!balance) throw notPayable(part, index, ineligible);
    if (parts.findIndex(({ balanceId }) => balanceId === part.balanceId) < index) {
      throw refusal('DUPLICATE_BALANCE', index, 'balance_id', `${part.balanceId} is listed twice.`);
    }
    if (!part.amount.isPositive()) {
      throw refusal('VALIDATION_FAILED', index, 'amount', 'The allocated amount must be greater than 0.00.');
    }
    if (part.amount.isGreaterThan(balance.outstanding)) {
      const sentence = `${printedDollars(part.amount)} is more than the outstanding ${printedDollars(balance.outstanding)} of ${part.balanceId}.`;
      throw refusal('ALLOCATION_EXCEEDS_BALANCE', index, 'amount', sentence);
    }
    return { balance, amount: part.amount };
  });
  const sum = Money.sum(parts.map(({ amount }) => amount));
  if (sum.isGreaterThan(payment)) {
    const sentence = `The allocations add up to ${printedDollars(sum)}, more than the payment of ${printedDollars(payment)}.`;
    throw new DomainError('ALLOCATIONS_EXCEED_PAYMENT', sentence, [
      { field: 'allocations', message: sentence },
    ]);
  }
  return targeted;
}

function notPayable(
  { balanceId }: BalancePart,
  index: number,
  ineligible: readonly IneligibleBalance[],
): DomainError {
  const balance = ineligible.find((candidate) => candidate.balanceId === balanceId);
  if (!balance) {
    return refusal('BALANCE_UNKNOWN', index, 'balance_id', `There is no balance ${balanceId}.`);
  }
  if (!balance.isOfThisLease) {
    const sentence = `${balanceId} is not a balance of this driver and lease.`;
    return refusal('BALANCE_LEASE_MISMATCH', index, 'balance_id', sentence);
  }
  return new DomainError('BALANCE_NOT_OPEN', `${balanceId} is ${balance.status} and accepts no payment.`);
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
