import type { Money } from '../../../kernel/money/money.js';

/** How far an installment is paid. */
export interface InstallmentPayment {
  readonly interestPaid: Money;
  readonly principalPaid: Money;
  readonly outstanding: Money;
}

/** How far an installment is paid and written off. */
export interface InstallmentSettlement extends InstallmentPayment {
  readonly interestWrittenOff: Money;
  readonly principalWrittenOff: Money;
}
