import { DomainError } from '../../../../kernel/errors/domain-error.js';

/**
 * Throws LOAN_ALREADY_WRITTEN_OFF if the loan has a write-off: only its void changes what was written off.
 * @param writeOff the posting id of the write-off that is not voided; null if the loan has none
 */
export function checkNotWrittenOff(loanId: string, writeOff: string | null): void {
  if (writeOff === null) return;
  throw new DomainError(
    'LOAN_ALREADY_WRITTEN_OFF',
    `${loanId} is written off by ${writeOff}. Void that posting first.`,
  );
}
