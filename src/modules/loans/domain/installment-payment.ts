import { Money } from '../../../kernel/money/money.js';

/** How far an installment is paid. */
export interface InstallmentPayment {
  readonly interestPaid: Money;
  readonly principalPaid: Money;
  readonly outstanding: Money;
}

/**
 * Splits what has been paid on an installment's debt: interest first, then principal (domain.md, "Ledger").
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
