import { Money } from '../../src/kernel/money/money.js';
import type { BalanceListItem } from '../../src/modules/ledger/balances/balance.response.js';
import type { CreditPageResponse } from '../../src/modules/ledger/credits/credit.response.js';
import type { DriverAccountResponse } from '../../src/modules/loans/driver-account/driver-account.response.js';
import type { LoanListItem } from '../../src/modules/loans/overview/loan.response.js';
import type { Page } from '../../src/platform/database/page.js';

type Get = <T>(path: string) => Promise<T>;

const sum = (amounts: readonly string[]): string =>
  Money.sum(amounts.map((amount) => Money.of(amount))).toString();

function debtsOf(balances: readonly BalanceListItem[], today: string): Record<string, string> {
  const outstanding = (of: readonly BalanceListItem[]): string =>
    sum(of.map(({ outstanding_balance }) => outstanding_balance));
  return {
    outstanding_balance: outstanding(balances),
    open: outstanding(balances.filter(({ status }) => status === 'OPEN')),
    disputed: outstanding(balances.filter(({ status }) => status === 'DISPUTED')),
    overdue: outstanding(balances.filter(({ due_date }) => due_date < today)),
  };
}

const principalOf = (loans: readonly LoanListItem[]): string =>
  sum(loans.map(({ outstanding_balance }) => outstanding_balance));

/**
 * Expects the account of the driver to be what the lists of balances, credits and loans show, each of at most 500 items.
 * Returns the account.
 */
export async function expectDriverAccountAgrees(get: Get, driverId: number): Promise<DriverAccountResponse> {
  const filter = `driver_id=${driverId}&page_size=500`;
  const [account, balances, credits, allLoans] = await Promise.all([
    get<DriverAccountResponse>(`/drivers/${driverId}/account`),
    get<Page<BalanceListItem>>(`/ledger/balances?${filter}`),
    get<CreditPageResponse>(`/ledger/credits?${filter}`),
    get<Page<LoanListItem>>(`/loans?${filter}&sort_by=created_on&sort_order=asc`),
  ]);
  const owed = balances.items.filter(({ outstanding_balance }) => outstanding_balance !== '0.00');
  const loans = allLoans.items.filter(({ status }) => status === 'ACTIVE' || status === 'ON_HOLD');
  const categories = [...new Set(owed.map(({ category }) => category))];
  const leases = [...new Set([...owed, ...loans].map(({ lease_id }) => lease_id))].sort((a, b) => a - b);
  const { as_of } = account;
  expect(account.debts).toEqual(debtsOf(owed, as_of));
  expect(new Map(account.categories.map(({ category, ...debts }) => [category, debts]))).toEqual(
    new Map(
      categories.map((category) => [
        category,
        debtsOf(
          owed.filter((balance) => balance.category === category),
          as_of,
        ),
      ]),
    ),
  );
  expect(account.leases).toMatchObject(
    leases.map((lease) => ({
      lease_id: lease,
      ...debtsOf(
        owed.filter(({ lease_id }) => lease_id === lease),
        as_of,
      ),
      outstanding_principal: principalOf(loans.filter(({ lease_id }) => lease_id === lease)),
    })),
  );
  expect(account.leases).toHaveLength(leases.length);
  expect(account.unallocated_credit).toBe(credits.total_left_over);
  expect(account.loans).toEqual(loans);
  expect(account.outstanding_principal).toBe(principalOf(loans));
  return account;
}
