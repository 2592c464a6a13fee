import type { Page } from '../../../platform/database/page.js';
import type { InstallmentStatus, LoanStatus } from '../loan/loan-status.js';
import type { InterestBasis } from '../schedule/interest.js';

/** Interest is principal × annual_rate/100 × days/365, rounded half up to cents. A payoff adds interest_carried. */
export interface InterestBasisView {
  readonly principal: string;
  readonly annual_rate: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** One planned installment of a schedule. */
export interface PlannedInstallmentView {
  readonly installment_number: number;
  readonly due_date: string;
  readonly week_start: string;
  readonly week_end: string;
  readonly principal_amount: string;
  readonly interest_amount: string;
  readonly total_due: string;
  readonly interest_basis: InterestBasisView;
}

export interface InstallmentView extends PlannedInstallmentView {
  readonly id: number;
  readonly installment_id: string;
  readonly loan_id: string;
  readonly interest_carried: string;
  readonly principal_paid: string;
  readonly interest_paid: string;
  readonly principal_written_off: string;
  readonly interest_written_off: string;
  readonly outstanding_balance: string;
  readonly status: InstallmentStatus;
  readonly ledger_balance_id: string | null;
  readonly posted_to_ledger: boolean;
  readonly posted_on: Date | null;
  readonly posted_by: number | null;
}

/** An installment in the response to a change of its loan. */
export interface ChangedInstallmentView extends InstallmentView {
  readonly id: number;
  readonly installment_id: string;
}

/** An installment in a list, with its loan, driver and cab. */
export interface InstallmentListItemView extends InstallmentView {
  readonly loan_status: LoanStatus;
  readonly driver_id: number;
  readonly tlc_license_number: string;
  readonly driver_name: string;
  readonly lease_id: number;
  readonly lease_number: string;
  readonly medallion_id: number;
  readonly medallion_number: string;
  readonly vehicle_id: number;
  readonly vehicle_plate: string;
}

export interface UnpostedSumsView {
  readonly installments: number;
  readonly principal_amount: string;
  readonly interest_amount: string;
  readonly total_due: string;
}

/** A page of unposted installments, with sums over all pages. */
export interface UnpostedInstallmentsView extends Page<InstallmentListItemView> {
  readonly totals: UnpostedSumsView;
  readonly to_post: UnpostedSumsView;
}

export function interestBasisView(basis: InterestBasis): InterestBasisView {
  return {
    principal: basis.principal.toString(),
    annual_rate: basis.annualRate.toString(),
    from: basis.from,
    to: basis.to,
    days: basis.days,
  };
}
