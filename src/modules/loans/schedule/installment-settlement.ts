import type { Money } from '../../../kernel/money/money.js';

/** The paid parts of an installment. */
export interface InstallmentPayment {
  readonly interestPaid: Money;
  readonly principalPaid: Money;
  readonly outstanding: Money;
}

/** The paid and written-off parts of an installment. */
export interface InstallmentSettlement extends InstallmentPayment {
  readonly interestWrittenOff: Money;
  readonly principalWrittenOff: Money;
}
