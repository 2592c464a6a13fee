/** The source types of loan postings. Only the loans module records them. */
export const INSTALLMENT_SOURCE = 'LOAN_INSTALLMENT';

/** The CREDIT that writes off a loan. Its source id is the loan id, so a loan has at most one active write-off. */
export const WRITE_OFF_SOURCE = 'WRITE_OFF';

/** The CREDIT of money received after a write-off. Its source id is the clerk's reference. */
export const RECOVERY_SOURCE = 'RECOVERY';
