import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { NamedDriver } from '../../drivers/index.js';
import type { DriverDebtsView, LeaseDebtsView } from '../../ledger/index.js';
import type { LoanListItemView } from '../overview/loan.view.js';

/** A lease under which the driver owes something or has an open loan. */
export interface LeaseAccountView extends LeaseDebtsView {
  /** Of the open loans under this lease */
  readonly outstanding_principal: string;
}

/** A driver over all leases: debts, unused credit and open loans. */
export interface DriverAccountView extends DriverDebtsView {
  readonly driver: NamedDriver;
  readonly as_of: CalendarDate;
  /** In the order of their ids */
  readonly leases: LeaseAccountView[];
  /** The open loans, oldest first */
  readonly loans: LoanListItemView[];
  /** Of the open loans: unpaid principal, posted or not */
  readonly outstanding_principal: string;
}
