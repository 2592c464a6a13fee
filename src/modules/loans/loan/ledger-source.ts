/** The source types under which the loans stand in the ledger: the loans alone record them. */
export const INSTALLMENT_SOURCE = 'LOAN_INSTALLMENT';

/** The CREDIT that writes a loan off; its source id is the loan's, so that one stands at a time. */
export const WRITE_OFF_SOURCE = 'WRITE_OFF';

/** The CREDIT of money that comes in after a write-off; its source id is the clerk's reference. */
export const RECOVERY_SOURCE = 'RECOVERY';
