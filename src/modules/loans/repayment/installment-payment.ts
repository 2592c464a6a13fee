import { Money } from '../../../kernel/money/money.js';
import type { InstallmentPayment, InstallmentSettlement } from '../schedule/installment-settlement.js';

/**
 * Splits what has been paid on an installment's debt: interest first, then principal (docs/domain.md, "Installments follow
 * their balances").
 * It looks at the sum paid, not at the last payment, so taking a payment back is the same rule.
 */
export function splitPayment(
  paid: Money,
  installment: { readonly interest: Money; readonly principal: Money },
): InstallmentPayment {
  const interestPaid = Money.min(paid, installment.interest);
  const principalPaid = paid.minus(interestPaid);
  if (principalPaid.isGreaterThan(installment.principal)) {
    throw new RangeError(`${paid} is more than the installment's debt`);
  }
  return {
    interestPaid,
    principalPaid,
    outstanding: installment.interest.plus(installment.principal).minus(paid),
  };
}

/**
 * Splits what settles an installment's debt: what was collected first, by the rule of payments, and what was written
 * off behind it. Taking a payment or the write-off back is the same rule.
 */
export function splitSettlement(
  settled: { readonly applied: Money; readonly writtenOff: Money },
  installment: { readonly interest: Money; readonly principal: Money },
): InstallmentSettlement {
  const collected = splitPayment(settled.applied.minus(settled.writtenOff), installment);
  const all = splitPayment(settled.applied, installment);
  return {
    interestPaid: collected.interestPaid,
    principalPaid: collected.principalPaid,
    interestWrittenOff: all.interestPaid.minus(collected.interestPaid),
    principalWrittenOff: all.principalPaid.minus(collected.principalPaid),
    outstanding: all.outstanding,
  };
}
