import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';
import { divideInOrder } from '../payment-order/divide-in-order.js';
import type { CreditSource } from '../payments/payment-allocation.js';

/**
 * Divides a refund over the credits, the oldest first. Throws VALIDATION_FAILED unless the amount is greater than 0.00,
 * and REFUND_EXCEEDS_CREDIT if it exceeds the sum of the credits.
 */
export function refundParts(amount: Money, credits: readonly CreditSource[]): CreditSource[] {
  if (!amount.isPositive()) throw refusal('VALIDATION_FAILED', 'A refund must be greater than 0.00.');
  const credit = Money.sum(credits.map((each) => each.amount));
  if (amount.isGreaterThan(credit)) {
    throw refusal(
      'REFUND_EXCEEDS_CREDIT',
      `The driver has a credit of ${printedDollars(credit)}; ${printedDollars(amount)} is more than that.`,
    );
  }
  return divideInOrder(amount, credits, (each) => each.amount).map((part) => ({
    postingId: part.item.postingId,
    amount: part.amount,
  }));
}

function refusal(code: 'VALIDATION_FAILED' | 'REFUND_EXCEEDS_CREDIT', sentence: string): DomainError {
  return new DomainError(code, sentence, [{ field: 'amount', message: sentence }]);
}
