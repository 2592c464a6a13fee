import { Money } from '../../../kernel/money/money.js';
import type { InstallmentPayment, InstallmentSettlement } from '../schedule/installment-settlement.js';

/**
 * Splits the total paid on an installment: interest first, then principal (docs/domain.md, "Installments follow their
 * balances"). It uses the total and not the last payment, so the same rule covers the reversal of a payment.
 */
export function splitPayment(
  paid: Money,
  installment: { readonly interest: Money; readonly principal: Money },
): InstallmentPayment {
  const interestPaid = Money.min(paid, installment.interest);
  const principalPaid = paid.minus(interestPaid);
  if (principalPaid.isGreaterThan(installment.principal)) {
    throw new RangeError(`${paid} is more than the total due of the installment`);
  }
  return {
    interestPaid,
    principalPaid,
    outstanding: installment.interest.plus(installment.principal).minus(paid),
  };
}

/**
 * Splits what settles an installment: the collected part by the rule of payments, then the written-off part. The same
 * rule covers the reversal of a payment or write-off.
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
