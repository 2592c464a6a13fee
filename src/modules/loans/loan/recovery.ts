import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Money } from '../../../kernel/money/money.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';

/** The written-off principal and interest of a loan, and the part that was recovered. */
export interface RecoveryPosition {
  readonly loanId: string;
  readonly writtenOff: Money;
  readonly recovered: Money;
  /** The time of the write-off; null if the loan is not written off */
  readonly writtenOffAt: Date | null;
}

/** The amount that can still be recovered. */
export function leftToRecover({
  writtenOff,
  recovered,
}: Pick<RecoveryPosition, 'writtenOff' | 'recovered'>): Money {
  return writtenOff.minus(recovered);
}

/**
 * Throws LOAN_NOT_WRITTEN_OFF if the loan has no write-off, and RECOVERY_TOO_HIGH if the amount exceeds what is written
 * off and not recovered.
 */
export function checkRecovery(position: RecoveryPosition, amount: Money): void {
  const { loanId, writtenOff, recovered } = position;
  if (!writtenOff.isPositive()) {
    throw new DomainError(
      'LOAN_NOT_WRITTEN_OFF',
      `${loanId} is not written off. Record a payment on its balances instead.`,
    );
  }
  const left = leftToRecover(position);
  if (amount.isGreaterThan(left)) {
    const sentence =
      `amount must be at most ${printedDollars(left)}: ${printedDollars(writtenOff)} of ${loanId} is written off ` +
      `and ${printedDollars(recovered)} is recovered.`;
    throw new DomainError('RECOVERY_TOO_HIGH', sentence, [{ field: 'amount', message: sentence }]);
  }
}

/** Throws VALIDATION_FAILED for money that was received before the day of the write-off: it paid the loan itself. */
export function checkRecoveryDay(loanId: string, writtenOffOn: CalendarDate, receivedOn: CalendarDate): void {
  if (receivedOn >= writtenOffOn) return;
  const sentence =
    `received_on must not be before ${writtenOffOn}, when ${loanId} was written off (got ${receivedOn}). ` +
    'If the money came earlier, void the write-off and record a payment.';
  throw new DomainError('VALIDATION_FAILED', sentence, [{ field: 'received_on', message: sentence }]);
}
