import { codesOf } from '../../../kernel/codes/labels.js';

/**
 * What a posting is (docs/domain.md, "Kinds of postings"). Of those that are not voided, only PAYMENT and RECOVERY are money
 * that came in, and only REFUND is money that went out.
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

export const POSTING_STATUS_LABELS = { POSTED: 'Posted', VOIDED: 'Voided' } as const;

export type PostingStatus = keyof typeof POSTING_STATUS_LABELS;

export const POSTING_STATUSES = codesOf(POSTING_STATUS_LABELS);

/** How money came in or went out. */
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

/** Source types that decide the kind of a posting: a payment or a charge recorded by hand cannot have one of them. */
export const RESERVED_SOURCES: readonly string[] = ['VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND'];
