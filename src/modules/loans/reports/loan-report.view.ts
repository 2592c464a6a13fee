import type { Page } from '../../../platform/database/page.js';
import type { LoanStatus } from '../loan/loan-status.js';

/** Posted and unpaid, principal and interest together, by the days since it fell due. */
export interface AgingTotalsView {
  readonly current: string;
  readonly days_1_7: string;
  readonly days_8_14: string;
  readonly days_15_28: string;
  readonly over_28_days: string;
  readonly overdue: string;
}

/** A loan of which something posted is unpaid. */
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

/** Of ACTIVE and ON_HOLD loans. A loan that is late with anything puts all its unpaid principal at risk. */
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

/** Of installments that stand posted in the ledger: total_due is total_paid, written_off and outstanding together. */
export interface CollectionSumsView {
  readonly installments: number;
  readonly total_due: string;
  readonly principal_paid: string;
  readonly interest_paid: string;
  readonly total_paid: string;
  readonly written_off: string;
  readonly outstanding: string;
}

/** A payment week; all zero where nothing fell due in it. */
export interface CollectionWeekView extends CollectionSumsView {
  readonly week_start: string;
  readonly week_end: string;
}

/** Of the debts that fell due in each week, how much is paid by now. */
export interface LoanCollectionsView {
  readonly as_of: string;
  readonly weeks: CollectionWeekView[];
  readonly totals: CollectionSumsView;
}

/** What falls due, and is neither paid nor written off. */
export interface ForecastLineView {
  readonly week_start: string | null;
  readonly week_end: string | null;
  readonly principal: string;
  readonly interest: string;
  readonly total: string;
  readonly on_hold: string;
}

/** The three parts together are all that ACTIVE and ON_HOLD loans still owe by their schedules. */
export interface LoanForecastView {
  readonly as_of: string;
  readonly earlier: ForecastLineView;
  readonly weeks: ForecastLineView[];
  readonly later: ForecastLineView;
}
