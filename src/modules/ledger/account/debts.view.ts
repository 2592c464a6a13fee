import type { Category } from './category.js';

/** What a driver owes, in dollars (docs/figures.md, "Owed by a driver"). */
export interface DebtSumsView {
  /** `open` and `disputed` together */
  readonly outstanding_balance: string;
  readonly open: string;
  readonly disputed: string;
  /** The part of `outstanding_balance` that fell due before the day of the answer */
  readonly overdue: string;
}

export interface CategoryDebtsView extends DebtSumsView {
  readonly category: Category;
}

export interface LeaseDebtsView extends DebtSumsView {
  readonly lease_id: number;
  readonly lease_number: string;
  readonly medallion_number: string;
  readonly vehicle_plate: string;
}

/** The debts and the unused credit of a driver over all leases. Only categories and leases with debts are listed. */
export interface DriverDebtsView {
  readonly debts: DebtSumsView;
  /** In the order of payment */
  readonly categories: CategoryDebtsView[];
  readonly leases: LeaseDebtsView[];
  readonly unallocated_credit: string;
}
