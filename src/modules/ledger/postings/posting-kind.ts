import { codesOf } from '../../../kernel/codes/labels.js';

/**
 * The kinds of postings (docs/domain.md, "Kinds of postings"). CHARGE is the posting of an obligation. Of the postings
 * that are not voided, only PAYMENT and RECOVERY are money received, and only REFUND is money paid out.
 */
export const POSTING_KIND_LABELS = {
  CHARGE: 'Charge',
  PAYMENT: 'Payment',
  VOID: 'Void',
  WRITE_OFF: 'Write-off',
  RECOVERY: 'Recovery',
  REFUND: 'Refund',
} as const;

export type PostingKind = keyof typeof POSTING_KIND_LABELS;

export const POSTING_KINDS = codesOf(POSTING_KIND_LABELS);

/** The kinds of money that came in. */
export const RECEIVED_KINDS: readonly PostingKind[] = ['PAYMENT', 'RECOVERY'];

export const POSTING_STATUS_LABELS = { POSTED: 'Posted', VOIDED: 'Voided' } as const;

export type PostingStatus = keyof typeof POSTING_STATUS_LABELS;

export const POSTING_STATUSES = codesOf(POSTING_STATUS_LABELS);

/** How money was received or paid out. */
export const PAYMENT_METHOD_LABELS = {
  CASH: 'Cash',
  CHECK: 'Check',
  CARD: 'Card',
  TRANSFER: 'Bank transfer',
  EARNINGS: 'Earnings',
  OTHER: 'Other',
} as const;

export type PaymentMethod = keyof typeof PAYMENT_METHOD_LABELS;

export const PAYMENT_METHODS = codesOf(PAYMENT_METHOD_LABELS);

/**
 * Source types that determine the kind of a posting: a user cannot record a payment or an obligation with one of them.
 */
export const RESERVED_SOURCES: readonly string[] = ['VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND'];
