import { interestBasisView } from '../installments/installment.view.js';
import type { PlannedInstallmentView } from '../installments/installment.view.js';
import type { PlannedLoan } from './planned-loan.js';

/** The schedule that a loan with these terms would have if created today. */
export interface LoanPreviewView {
  readonly loan_amount: string;
  readonly interest_rate: string;
  readonly loan_date: string;
  readonly start_week: string;
  readonly end_week: string;
  readonly weekly_principal: string;
  readonly total_interest: string;
  readonly total_payable: string;
  readonly installments: PlannedInstallmentView[];
}

/** The settings for the terms of a new loan. */
export interface LoanTermsView {
  readonly default_interest_rate: string;
  readonly max_interest_rate: string;
  readonly max_loan_amount: string;
}

export function loanPreviewView({ terms, loanDate, plan }: PlannedLoan): LoanPreviewView {
  return {
    loan_amount: terms.amount.toString(),
    interest_rate: terms.annualRate.toString(),
    loan_date: loanDate,
    start_week: terms.startWeek,
    end_week: plan.endWeek,
    weekly_principal: plan.weeklyPrincipal.toString(),
    total_interest: plan.totalInterest.toString(),
    total_payable: plan.totalPayable.toString(),
    installments: plan.installments.map((installment) => ({
      installment_number: installment.number,
      due_date: installment.dueDate,
      week_start: installment.week.start,
      week_end: installment.week.end,
      principal_amount: installment.principal.toString(),
      interest_amount: installment.interest.toString(),
      total_due: installment.totalDue.toString(),
      interest_basis: interestBasisView(installment.interestBasis),
    })),
  };
}
