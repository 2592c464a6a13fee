import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { DriverQueryService } from '../../drivers/index.js';
import { LedgerQueryService } from '../../ledger/index.js';
import type { LeaseDebtsView } from '../../ledger/index.js';
import { LoanQuery } from '../overview/loan.query.js';
import type { LoanListItemView } from '../overview/loan.view.js';
import type { DriverAccountView, LeaseAccountView } from './driver-account.view.js';

/** Reads what a driver owes and has lent, over all leases. */
@Injectable()
export class DriverAccountService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly drivers: DriverQueryService,
    private readonly ledger: LedgerQueryService,
    private readonly loans: LoanQuery,
  ) {}

  /** Throws DRIVER_NOT_FOUND. */
  get(driverId: number): Promise<DriverAccountView> {
    const today = this.clock.today();
    return this.transactions.readSnapshot(async (snapshot) => {
      const driver = await this.drivers.getNamed(driverId, snapshot);
      const debts = await this.ledger.driverDebts(driverId, today, snapshot);
      const loans = await this.loans.listOpenOfDriver(driverId, today, snapshot);
      return {
        driver,
        as_of: today,
        ...debts,
        outstanding_principal: outstandingPrincipal(loans),
        leases: leasesOf(debts.leases, loans),
        loans,
      };
    });
  }
}

const outstandingPrincipal = (loans: readonly LoanListItemView[]): string =>
  Money.sum(loans.map(({ outstanding_balance }) => Money.of(outstanding_balance))).toString();

/** The leases with debts, and those with open loans of which nothing is due. */
function leasesOf(
  indebted: readonly LeaseDebtsView[],
  loans: readonly LoanListItemView[],
): LeaseAccountView[] {
  const withLoans = loans.map(({ lease: { id, ...lease } }): [number, LeaseDebtsView] => [
    id,
    { lease_id: id, ...lease, outstanding_balance: '0.00', open: '0.00', disputed: '0.00', overdue: '0.00' },
  ]);
  const leases = new Map([...withLoans, ...indebted.map((lease) => [lease.lease_id, lease] as const)]);
  return [...leases.values()]
    .sort((one, other) => one.lease_id - other.lease_id)
    .map((lease) => ({
      ...lease,
      outstanding_principal: outstandingPrincipal(
        loans.filter(({ lease_id }) => lease_id === lease.lease_id),
      ),
    }));
}
