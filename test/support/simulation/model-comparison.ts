import type { BalanceResponse } from '../../../src/modules/ledger/balances/balance.response.js';
import type { StatementResponse } from '../../../src/modules/ledger/statements/statement.response.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { Page } from '../../../src/platform/database/page.js';
import { dateOf, sundayOf } from '../model/calendar.js';
import { byNumber } from '../model/ids.js';
import type { Day } from '../model/calendar.js';
import { agingOf, collectionsOf, forecastOf, statisticsOf, unpostedOf } from '../model/figures-model.js';
import { expectDriverAccountAgrees } from '../expect-driver-account.js';
import type { BorrowerRef } from '../borrower-ref.js';
import type { LoanModel } from '../model/loan-model.js';
import { dollars, sum } from '../model/money.js';
import { receiptsOf } from '../model/receipts-model.js';
import { balanceRecord, installmentRecord, loanRecord } from '../model/records-model.js';
import { creditAtEndOf, recoveredIn, statementOf } from '../model/statement-model.js';
import type { Simulation } from './simulation.js';

const FORECAST_WEEKS = 8;

/** Compares everything that the service shows of the fleet with the model, one request for each. */
export async function expectServiceMatchesModel(simulation: Simulation): Promise<void> {
  const results = await Promise.allSettled([
    expectBalances(simulation),
    expectCredits(simulation),
    expectReceipts(simulation),
    expectDashboard(simulation),
    ...[...new Set(simulation.model.borrowers.map(({ driver_id }) => driver_id))].map((driver) =>
      expectDriverAccountAgrees((path) => get(simulation, path), driver),
    ),
    ...simulation.model.borrowers.map((borrower) => expectBorrower(simulation, borrower)),
    ...simulation.model.loans.map((loan) => expectLoan(simulation, loan)),
  ]);
  // wait for all requests, because the next run empties the tables
  for (const each of results) if (each.status === 'rejected') throw each.reason;
}

export async function get<T>({ client }: Simulation, path: string): Promise<T> {
  const { status, body } = await client.get<T>(path);
  if (status !== 200) throw new Error(`${path} answers ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** The figures of the whole portfolio. */
async function expectDashboard(simulation: Simulation): Promise<void> {
  const { model } = simulation;
  expect(await get(simulation, '/loans/statistics/summary')).toMatchObject(statisticsOf(model));
  const aging = await get<{ items: { loan_id: string }[] }>(simulation, '/loans/reports/aging?page_size=500');
  expect({
    ...aging,
    items: aging.items.toSorted((one, other) => byNumber(one.loan_id, other.loan_id)),
  }).toMatchObject(agingOf(model));
  expect(await get(simulation, `/loans/reports/forecast?weeks=${FORECAST_WEEKS}`)).toMatchObject(
    forecastOf(model, FORECAST_WEEKS),
  );
  expect(await get(simulation, '/loans/installments/unposted')).toMatchObject(unpostedOf(model));
  expect(await get(simulation, '/loans/reports/collections')).toMatchObject(collectionsOf(model));
}

export const expectedBalances = ({ model }: Simulation): object[] =>
  model.ledger.debts.map((debt) => balanceRecord(model, debt));

async function expectBalances(simulation: Simulation): Promise<void> {
  await expectBalancesAsOf(simulation, null, expectedBalances(simulation));
}

/** The balances now or at an instant. */
export async function expectBalancesAsOf(
  simulation: Simulation,
  at: string | null,
  balances: object[],
): Promise<void> {
  const query = at === null ? '' : `&as_of=${encodeURIComponent(at)}`;
  const { items } = await get<Page<BalanceResponse>>(simulation, `/ledger/balances?page_size=500${query}`);
  const shown = items.toSorted((one, other) => byNumber(one.balance_id, other.balance_id));
  expect({ at, shown }).toMatchObject({ at, shown: balances });
}

async function expectCredits(simulation: Simulation): Promise<void> {
  const { ledger } = simulation.model;
  const left = ledger.credits.filter((credit) => ledger.leftOf(credit) > 0);
  expect(await get(simulation, '/ledger/credits?page_size=500&sort_order=asc')).toMatchObject({
    items: left.map((credit) => ({ posting_id: credit.id, left_over: dollars(ledger.leftOf(credit)) })),
    total_left_over: dollars(sum(left, (credit) => ledger.leftOf(credit))),
  });
}

/** For the last thirty days. */
async function expectReceipts(simulation: Simulation): Promise<void> {
  const { ledger, today } = simulation.model;
  const path = `/ledger/reports/receipts?from=${dateOf(today - 29)}&to=${dateOf(today)}&group_by=category`;
  const receipts = await get<{ rows: { category: string }[] }>(simulation, path);
  const rows = receipts.rows.toSorted((one, other) => one.category.localeCompare(other.category));
  expect({ ...receipts, rows }).toMatchObject(receiptsOf(ledger, today - 29, today));
}

/** The balances of the lease, the credit of the driver, and the statement of the current week. */
async function expectBorrower(simulation: Simulation, borrower: BorrowerRef): Promise<void> {
  const { ledger, week } = simulation.model;
  const open = ledger.debts.filter(
    (debt) => debt.borrower.lease_id === borrower.lease_id && ledger.statusOf(debt) === 'OPEN',
  );
  const path = `/ledger/balances/driver/${borrower.driver_id}/lease/${borrower.lease_id}`;
  expect(await get(simulation, path)).toMatchObject({
    outstanding_balance: dollars(sum(open, (debt) => ledger.owed(debt))),
    unallocated_credit: dollars(ledger.leftOver(borrower.driver_id)),
  });
  await expectStatement(simulation, borrower, week);
}

async function expectStatement(simulation: Simulation, borrower: BorrowerRef, week: Day): Promise<void> {
  const query = `driver_id=${borrower.driver_id}&lease_id=${borrower.lease_id}&period_start=${dateOf(week)}`;
  const statement = await get<StatementResponse>(simulation, `/ledger/statements?${query}`);
  const { rows, totals } = statementOf(simulation.model.ledger, borrower.lease_id, week);
  const credit = dollars(creditAtEndOf(simulation.model.ledger, borrower.driver_id, week));
  const recovered = dollars(recoveredIn(simulation.model.ledger, borrower.lease_id, week));
  const about = { week: dateOf(week), totals, credit, recovered };
  expect({ week: dateOf(week), ...statement }).toMatchObject(about);
  for (const row of statement.categories) {
    const expected = rows.get(row.category) ?? { prior_balance: '0.00', balance_forward: '0.00' };
    expect({ week: dateOf(week), ...row }).toMatchObject({ week: dateOf(week), ...expected });
  }
}

/** The statements of every relevant week, so that each balance carried forward matches the next statement. */
export async function expectStatements(simulation: Simulation): Promise<void> {
  const { ledger, borrowers, week } = simulation.model;
  const days = [...ledger.debts.map(({ due }) => due), ...ledger.credits.map((credit) => credit.week), week];
  const weeks = new Set(days.map(sundayOf));
  for (const borrower of borrowers) {
    for (const sunday of weeks) await expectStatement(simulation, borrower, sunday);
  }
}

async function expectLoan(simulation: Simulation, loan: LoanModel): Promise<void> {
  const { model } = simulation;
  const shown = await get<LoanDetailResponse>(simulation, `/loans/${loan.id}`);
  expect(shown).toMatchObject({
    ...loanRecord(loan, model.today),
    installments: loan.installments.map((each) => installmentRecord(loan, each, model.today)),
  });
  if (!loan.isRunning) return;
  await expectQuote(simulation, loan, model.today);
  await expectQuote(simulation, loan, model.today + 10);
}

/** A payoff quote equals the quote of the model and never exceeds the cost of the remaining schedule. */
async function expectQuote(simulation: Simulation, loan: LoanModel, day: Day): Promise<void> {
  const expected = simulation.model.quote(loan, day);
  expect(await get(simulation, `/loans/${loan.id}/payoff?as_of=${dateOf(day)}`)).toMatchObject({
    interest: dollars(expected.interest),
    disputed: dollars(expected.disputed),
    credit_used: dollars(expected.creditUsed),
    total: dollars(expected.total),
  });
  const total = expected.total + expected.creditUsed + expected.disputed;
  const planned = sum(loan.planned, (installment) => loan.owedOn(installment));
  const cost = loan.status === 'ACTIVE' ? planned : loan.costFrom(loan.defaultResumeWeek(day));
  expect(total).toBeLessThanOrEqual(cost);
}
