/*
 * The only definition of each loan figure (docs/figures.md). In every fragment `l` is driver_loans and `s` is
 * loan_schedules. An outstanding_balance needs no condition: a constraint sets it to 0.00 if nothing is owed.
 */

/** Lent: a draft is not lent yet, and a cancelled loan is no longer lent. */
const IS_LENT = `l.status IN ('ACTIVE', 'ON_HOLD', 'CLOSED')`;

/** Lent and not settled. */
export const IS_OPEN = `l.status IN ('ACTIVE', 'ON_HOLD')`;

/** In the ledger, settled or not. */
export const IS_POSTED = `s.status IN ('POSTED', 'PAID')`;

/** Due: in the ledger and not settled. The amount due is its outstanding_balance. */
export const IS_DUE = `s.status = 'POSTED'`;

const IS_UNPOSTED = `s.status = 'SCHEDULED' AND NOT s.posted_to_ledger`;

/** Not posted yet: posted by its week or after a resume. */
export const IS_AWAITING_POSTING = `${IS_UNPOSTED} AND ${IS_OPEN}`;

/** Posted by the run of its week: a loan on hold is not posted. */
export const IS_TO_POST = `${IS_UNPOSTED} AND l.status = 'ACTIVE'`;

/** Scheduled or due. On an open loan, it is what the driver still owes. */
export const IS_UNSETTLED = `s.status IN ('SCHEDULED', 'POSTED')`;

/** Unpaid principal, and with interest. Sums of whole columns are faster than a difference for each row. */
export const UNPAID_SUMS = `
  sum(s.principal_amount) - sum(s.principal_paid) - sum(s.principal_written_off) AS principal,
  sum(s.outstanding_balance) AS total`;

/** Days since the due date. An installment is overdue from the first day after its due date. */
export const daysSinceDue = (today: string): string => `${today}::date - s.due_date`;

/** Whether an installment of the loan was ever posted, even if that posting was voided. */
export const wasPosted = (loanId: string): string => `EXISTS (
  SELECT 1 FROM loan_schedules s JOIN ledger_balances b ON b.reference_id = s.installment_id
  WHERE s.loan_id = ${loanId} AND b.reference_type = 'LOAN_INSTALLMENT')`;

const IS_CANCELLED_AFTER_POSTING = `l.status = 'CANCELLED' AND ${wasPosted('l.loan_id')}`;

/** The sum in dollars over all rows, or over those that match the condition; 0.00 without rows. */
export function sumOf(amount: string, condition?: string): string {
  const filter = condition === undefined ? '' : ` FILTER (WHERE ${condition})`;
  return `coalesce(sum(${amount})${filter}, 0)::numeric(20,2)`;
}

export const LENT = sumOf('l.loan_amount', IS_LENT);
export const OUTSTANDING = sumOf('l.outstanding_balance');
export const COLLECTED = sumOf('l.total_principal_paid + l.total_interest_paid');
export const INTEREST_COLLECTED = sumOf('l.total_interest_paid');
export const WRITTEN_OFF = sumOf('l.written_off');
export const RECOVERED = sumOf('l.recovered');
export const CANCELLED_AFTER_POSTING = {
  loans: `count(*) FILTER (WHERE ${IS_CANCELLED_AFTER_POSTING})::integer`,
  amount: sumOf('l.loan_amount', IS_CANCELLED_AFTER_POSTING),
};
export const DUE = sumOf('s.outstanding_balance', IS_DUE);
export const overdue = (today: string): string =>
  sumOf('s.outstanding_balance', `${IS_DUE} AND ${daysSinceDue(today)} > 0`);
