/**
 * The kinds of postings (docs/domain.md, "Kinds of postings"). CHARGE is the posting of an obligation. Of the postings
 * that are not voided, only PAYMENT and RECOVERY are money received, and only REFUND is money paid out.
 */
export const POSTING_KINDS = ['CHARGE', 'PAYMENT', 'VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND'] as const;

export type PostingKind = (typeof POSTING_KINDS)[number];

/** How money was received or paid out. */
export const PAYMENT_METHODS = ['CASH', 'CHECK', 'CARD', 'TRANSFER', 'EARNINGS', 'OTHER'] as const;

export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/**
 * Source types that determine the kind of a posting: a user cannot record a payment or an obligation with one of them.
 */
export const RESERVED_SOURCES: readonly string[] = ['VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND'];
