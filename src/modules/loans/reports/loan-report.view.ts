import type { Page } from '../../../platform/database/page.js';
import type { LoanStatus } from '../loan/loan-status.js';

/** Posted and unpaid principal and interest, by days since the due date. */
export interface AgingTotalsView {
  readonly current: string;
  readonly days_1_7: string;
  readonly days_8_14: string;
  readonly days_15_28: string;
  readonly over_28_days: string;
  readonly overdue: string;
}

/** A loan with a posted and unpaid amount. */
export interface AgingItemView extends AgingTotalsView {
  readonly loan_id: string;
  readonly status: LoanStatus;
  readonly driver_id: number;
  readonly lease_id: number;
  readonly tlc_license_number: string;
  readonly driver_name: string;
  readonly outstanding_balance: string;
  readonly days_overdue: number;
}

/** Of ACTIVE and ON_HOLD loans. If anything on a loan is overdue, all its unpaid principal is at risk. */
export interface PortfolioAtRiskView {
  readonly outstanding_principal: string;
  readonly principal_overdue: string;
  readonly share_overdue: string;
  readonly principal_over_28_days: string;
  readonly share_over_28_days: string;
}

/** A page of loans, with totals over all pages. */
export interface LoanAgingView extends Page<AgingItemView> {
  readonly as_of: string;
  readonly totals: AgingTotalsView;
  readonly portfolio_at_risk: PortfolioAtRiskView;
}

/** Sums of posted installments. total_due is the sum of total_paid, written_off and outstanding. */
export interface CollectionSumsView {
  readonly installments: number;
  readonly total_due: string;
  readonly principal_paid: string;
  readonly interest_paid: string;
  readonly total_paid: string;
  readonly written_off: string;
  readonly outstanding: string;
}

/** The sums of a payment week; all zero if nothing fell due in it. */
export interface CollectionWeekView extends CollectionSumsView {
  readonly week_start: string;
  readonly week_end: string;
}

/** How much of the installments that fell due in each week is paid now. */
export interface LoanCollectionsView {
  readonly as_of: string;
  readonly weeks: CollectionWeekView[];
  readonly totals: CollectionSumsView;
}

/** Amounts that fall due and are neither paid nor written off. */
export interface ForecastLineView {
  readonly week_start: string | null;
  readonly week_end: string | null;
  readonly principal: string;
  readonly interest: string;
  readonly total: string;
  readonly on_hold: string;
}

/** The three parts add up to everything that is still owed on ACTIVE and ON_HOLD loans by their schedules. */
export interface LoanForecastView {
  readonly as_of: string;
  readonly earlier: ForecastLineView;
  readonly weeks: ForecastLineView[];
  readonly later: ForecastLineView;
}
