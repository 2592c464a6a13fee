import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Money } from '../../../kernel/money/money.js';
import type { BalanceStatus } from '../balances/balance-status.js';
import type { PostingStatus } from '../postings/posting-kind.js';

/** What decides whether a posting may be voided. */
export interface VoidCandidate {
  readonly postingId: string;
  readonly status: PostingStatus;
  readonly reversesPostingId: string | null;
  readonly voidedByPostingId: string | null;
  /** The standing refunds of what a payment had left over */
  readonly refundedBy: readonly string[];
}

/** The balance that a DEBIT created. */
export interface VoidCandidateBalance {
  readonly balanceId: string;
  readonly status: BalanceStatus;
  readonly paymentApplied: Money;
}

/**
 * Throws POSTING_ALREADY_VOIDED or REVERSAL_NOT_VOIDABLE: a posting is voided once, and what a void wrote stands. A
 * mistaken void is put right by posting the same source again. Throws CREDIT_REFUNDED for a payment of which something
 * was given back to the driver.
 */
export function checkPostingVoidable(posting: VoidCandidate): void {
  if (posting.reversesPostingId !== null) {
    throw new DomainError(
      'REVERSAL_NOT_VOIDABLE',
      `${posting.postingId} is the reversal of ${posting.reversesPostingId}; post that source again instead.`,
    );
  }
  if (posting.status === 'VOIDED') {
    throw new DomainError(
      'POSTING_ALREADY_VOIDED',
      `${posting.postingId} is voided already, by ${posting.voidedByPostingId ?? 'another posting'}.`,
    );
  }
  if (posting.refundedBy.length > 0) {
    throw new DomainError(
      'CREDIT_REFUNDED',
      `Part of ${posting.postingId} was refunded by ${posting.refundedBy.join(', ')}; void the refund first.`,
    );
  }
}

/** Throws BALANCE_HAS_PAYMENTS or BALANCE_DISPUTED: a debt is voided only while nobody has paid on it or disputes it. */
export function checkBalanceVoidable({ balanceId, status, paymentApplied }: VoidCandidateBalance): void {
  if (paymentApplied.isPositive()) {
    throw new DomainError(
      'BALANCE_HAS_PAYMENTS',
      `Payments of ${paymentApplied} are applied to ${balanceId}. Void them first.`,
    );
  }
  if (status === 'DISPUTED') {
    throw new DomainError('BALANCE_DISPUTED', `${balanceId} is disputed; resolve the dispute first.`);
  }
}
