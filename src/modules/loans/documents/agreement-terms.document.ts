import { printedDollars } from '../../../kernel/money/printed-amount.js';
import { printedDate } from '../../../platform/pdf/printed.js';
import type { LoanDetailView } from '../overview/loan.view.js';

/**
 * The terms of a loan for the borrower, which promise nothing beyond docs/domain.md, "Loans" and "Weekly posting". The
 * text is part of signed agreements: a reprint must equal the signed one, so its wording does not change.
 */
export function agreementTerms(
  loan: LoanDetailView,
  installmentCount: number,
  { postingDay }: { readonly postingDay: string },
): string[] {
  const amount = printedDollars(loan.loan_amount);
  const inInstallments =
    installmentCount === 1 ? 'in one installment' : `in ${installmentCount} weekly installments`;
  return [
    `The lender lends the borrower ${amount} on ${printedDate(loan.loan_date)}. The borrower repays it ${inInstallments}, as the schedule shows.`,
    ...interestTerms(loan.interest_rate),
    `A payment week runs from Sunday to Saturday. Each installment is charged to the borrower's account on the ${postingDay} of its payment week and is due on the Saturday of that week.`,
    'What is paid on an installment pays its interest first, and then its principal.',
  ];
}

function interestTerms(rate: string): string[] {
  if (/^0+(\.0+)?$/.test(rate)) return ['The loan bears no interest. Paying late adds none.'];
  return [
    `Interest is simple: ${rate} % a year on the principal that is still scheduled, for the days of the installment out of 365, rounded to the cent. The days of the first installment run from the loan date to its due date, those of each later one from the due date before it.`,
    'Interest is planned together with the schedule. Paying late adds no interest, and paying early earns none back. It is planned anew only where the loan is held and resumed, or paid off at once.',
  ];
}
