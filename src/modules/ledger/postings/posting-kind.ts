/**
 * What a posting is (docs/domain.md, "Kinds of postings"). Of those that are not voided, only PAYMENT and RECOVERY are money
 * that came in, and only REFUND is money that went out.
 */
export const POSTING_KINDS = ['CHARGE', 'PAYMENT', 'VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND'] as const;

export type PostingKind = (typeof POSTING_KINDS)[number];

/** How money came in or went out. */
export const PAYMENT_METHODS = ['CASH', 'CHECK', 'CARD', 'TRANSFER', 'EARNINGS', 'OTHER'] as const;

export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** Source types that decide the kind of a posting: a payment or a charge recorded by hand cannot have one of them. */
export const RESERVED_SOURCES: readonly string[] = ['VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND'];
