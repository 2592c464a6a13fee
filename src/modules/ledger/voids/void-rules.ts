import { DomainError } from '../../../kernel/errors/domain-error.js';
import type { Money } from '../../../kernel/money/money.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';
import type { BalanceStatus } from '../balances/balance-status.js';
import type { PostingStatus } from '../postings/posting-kind.js';

/** What the rules for voids need to know about a posting. */
export interface VoidCandidate {
  readonly postingId: string;
  readonly status: PostingStatus;
  readonly reversesPostingId: string | null;
  readonly voidedByPostingId: string | null;
  /** Refunds of the payment that are not voided */
  readonly refundedBy: readonly string[];
}

/** The balance that a DEBIT created. */
export interface VoidCandidateBalance {
  readonly balanceId: string;
  readonly status: BalanceStatus;
  readonly paymentApplied: Money;
}

/**
 * Throws POSTING_ALREADY_VOIDED or REVERSAL_NOT_VOIDABLE: a posting is voided once, and a void cannot be voided. To
 * correct a mistaken void, post the same source again. Throws CREDIT_REFUNDED if part of the payment was refunded.
 */
export function checkPostingVoidable(posting: VoidCandidate): void {
  if (posting.reversesPostingId !== null) {
    throw new DomainError(
      'REVERSAL_NOT_VOIDABLE',
      `${posting.postingId} is the reversal of ${posting.reversesPostingId}. Post that source again instead.`,
    );
  }
  if (posting.status === 'VOIDED') {
    throw new DomainError(
      'POSTING_ALREADY_VOIDED',
      `${posting.postingId} is already voided by ${posting.voidedByPostingId ?? 'another posting'}.`,
    );
  }
  if (posting.refundedBy.length > 0) {
    throw new DomainError(
      'CREDIT_REFUNDED',
      `Part of ${posting.postingId} was refunded by ${posting.refundedBy.join(', ')}. Void the refund first.`,
    );
  }
}

/**
 * Throws BALANCE_HAS_PAYMENTS or BALANCE_DISPUTED: an obligation can be voided only if it is unpaid and not disputed.
 */
export function checkBalanceVoidable({ balanceId, status, paymentApplied }: VoidCandidateBalance): void {
  if (paymentApplied.isPositive()) {
    throw new DomainError(
      'BALANCE_HAS_PAYMENTS',
      `Payments of ${printedDollars(paymentApplied)} are applied to ${balanceId}. Void them first.`,
    );
  }
  if (status === 'DISPUTED') {
    throw new DomainError('BALANCE_DISPUTED', `${balanceId} is disputed. Resolve the dispute first.`);
  }
}
