import type { BalanceListItem } from '../../src/modules/ledger/balances/balance.response.js';
import { Money } from '../../src/kernel/money/money.js';
import { LedgerGaugeCollector } from '../../src/modules/ledger/monitoring/ledger-gauges.collector.js';
import type { UnpostedInstallmentsResponse } from '../../src/modules/loans/installments/installment.response.js';
import type { LoanAgingResponse } from '../../src/modules/loans/reports/loan-aging.response.js';
import type { LoanCollectionsResponse } from '../../src/modules/loans/reports/loan-collections.response.js';
import type { LoanForecastResponse } from '../../src/modules/loans/reports/loan-forecast.response.js';
import type { LoanStatisticsResponse } from '../../src/modules/loans/overview/loan-statistics.response.js';
import type { LoanDetailResponse, LoanListItem } from '../../src/modules/loans/overview/loan.response.js';
import type { Page } from '../../src/platform/database/page.js';
import { addDays, calendarDate } from '../../src/kernel/calendar/calendar-date.js';
import { download, readCsv, readExcel } from './download.js';
import { scrape } from './scrape.js';
import type { TestApp } from './test-app.js';

/** Dollars for the whole fleet. */
export interface LoanFigures {
  readonly lent: string;
  readonly outstanding: string;
  readonly due: string;
  readonly overdue: string;
  readonly collected: string;
  readonly interestCollected: string;
  readonly writtenOff: string;
  readonly recovered: string;
  readonly atRisk: string;
}

type Figure = keyof LoanFigures;
/** The figures from one source. */
type FiguresOfSource = Partial<LoanFigures>;

const REPORT_WEEKS = 260;

const sum = (amounts: readonly string[]): string =>
  Money.sum(amounts.map((amount) => Money.of(amount))).toString();
const minus = (all: string, part: string): string => Money.of(all).minus(Money.of(part)).toString();

/** The fleet as its clerks see it, with at most 500 loans. */
class Fleet {
  constructor(private readonly app: TestApp) {}

  async get<T>(path: string): Promise<T> {
    const { status, body } = await this.app.as('FINANCE').get<T & object>(path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return body;
  }

  async all<T>(path: string): Promise<T[]> {
    const page = await this.get<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}page_size=500`);
    if (page.total > page.items.length) throw new Error(`${path} has more than a page`);
    return page.items;
  }

  async totals(path: string): Promise<Readonly<Record<string, string>>> {
    return (await this.get<{ totals: Record<string, string> }>(`${path}/export/json`)).totals;
  }

  /** The totals of the workbook by column heading. */
  async excelTotals(path: string): Promise<Readonly<Record<string, string>>> {
    const [sheet] = (await readExcel((await download(this.app, `${path}/export/excel`)).bytes)).worksheets;
    const cells: [string, string][] = [];
    sheet?.getRow(sheet.rowCount).eachCell(({ value }, column) => {
      if (typeof value === 'number') cells.push([sheet.getRow(1).getCell(column).text, value.toFixed(2)]);
    });
    return Object.fromEntries(cells);
  }

  async csv(path: string): Promise<Record<string, string>[]> {
    return readCsv((await download(this.app, `${path}/export/csv`)).bytes);
  }
}

/**
 * Expects every source of a loan figure to show the same number (docs/figures.md). Returns the figures computed from the
 * individual loans.
 */
export async function expectLoanFiguresAgree(app: TestApp): Promise<LoanFigures> {
  const fleet = new Fleet(app);
  const figures = await figuresOfLoans(fleet);
  const sources: Record<string, FiguresOfSource> = {
    'the list of loans': await figuresOfList(fleet),
    'the statistics': await figuresOfStatistics(fleet),
    'the export of loans as JSON': loanTotals(await fleet.totals('/loans')),
    'the export of loans as a workbook': loanTotalsByHeading(await fleet.excelTotals('/loans')),
    'the export of loans as CSV': await figuresOfCsv(fleet),
    'the export of installments': await figuresOfInstallments(fleet),
    'the aging': await figuresOfAging(fleet),
    'the export of the aging': await figuresOfAgingExport(fleet),
    'the collections': await figuresOfCollections(app, fleet),
    'the forecast': await figuresOfForecast(fleet),
    'the ledger': await figuresOfLedger(fleet),
    'the metrics': await figuresOfMetrics(app, fleet),
  };
  for (const [source, shown] of Object.entries(sources)) {
    const expected = Object.fromEntries(Object.keys(shown).map((name) => [name, figures[name as Figure]]));
    expect({ source, ...shown }).toEqual({ source, ...expected });
  }
  return figures;
}

async function figuresOfLoans(fleet: Fleet): Promise<LoanFigures> {
  const ids = (await fleet.all<LoanListItem>('/loans')).map(({ loan_id }) => loan_id);
  const loans: LoanDetailResponse[] = [];
  for (const id of ids) loans.push(await fleet.get<LoanDetailResponse>(`/loans/${id}`));
  const late = loans.filter(({ amount_overdue }) => amount_overdue !== '0.00');
  return {
    ...sumsOf(loans),
    atRisk: sum(late.map(({ outstanding_balance }) => outstanding_balance)),
  };
}

const figuresOfList = async (fleet: Fleet): Promise<FiguresOfSource> =>
  sumsOf(await fleet.all<LoanListItem>('/loans'));

function sumsOf(loans: readonly LoanListItem[]) {
  const lent = loans.filter(({ status }) => status !== 'DRAFT' && status !== 'CANCELLED');
  const interestCollected = sum(loans.map(({ total_interest_paid }) => total_interest_paid));
  return {
    due: sum(loans.map(({ amount_due }) => amount_due)),
    overdue: sum(loans.map(({ amount_overdue }) => amount_overdue)),
    lent: sum(lent.map(({ loan_amount }) => loan_amount)),
    outstanding: sum(loans.map(({ outstanding_balance }) => outstanding_balance)),
    collected: sum([interestCollected, ...loans.map(({ total_principal_paid }) => total_principal_paid)]),
    interestCollected,
    writtenOff: sum(loans.map(({ written_off }) => written_off)),
    recovered: sum(loans.map(({ recovered }) => recovered)),
  };
}

async function figuresOfStatistics(fleet: Fleet): Promise<FiguresOfSource> {
  const it = await fleet.get<LoanStatisticsResponse>('/loans/statistics/summary');
  return {
    lent: it.total_amount_disbursed,
    outstanding: it.total_outstanding,
    collected: it.total_amount_collected,
    interestCollected: it.total_interest_collected,
    writtenOff: it.total_written_off,
    recovered: it.total_recovered,
  };
}

function loanTotals(totals: Readonly<Record<string, string>>): FiguresOfSource {
  const of = (field: string): string => totals[field] ?? 'missing';
  return {
    lent: of('loan_amount'),
    outstanding: of('outstanding_balance'),
    collected: sum([of('total_principal_paid'), of('total_interest_paid')]),
    interestCollected: of('total_interest_paid'),
    writtenOff: of('written_off'),
    recovered: of('recovered'),
  };
}

function loanTotalsByHeading(totals: Readonly<Record<string, string>>): FiguresOfSource {
  return loanTotals({
    loan_amount: totals['Lent'] ?? '',
    outstanding_balance: totals['Outstanding'] ?? '',
    total_principal_paid: totals['Principal paid'] ?? '',
    total_interest_paid: totals['Interest paid'] ?? '',
    written_off: totals['Written off'] ?? '',
    recovered: totals['Recovered'] ?? '',
  });
}

async function figuresOfCsv(fleet: Fleet): Promise<FiguresOfSource> {
  const rows = await fleet.csv('/loans');
  return { outstanding: sum(rows.map((row) => row['outstanding_balance'] ?? '')) };
}

async function figuresOfInstallments(fleet: Fleet): Promise<FiguresOfSource> {
  const totals = await fleet.totals('/loans/installments');
  const of = (field: string): string => totals[field] ?? 'missing';
  return {
    lent: of('principal_amount'),
    outstanding: minus(of('principal_amount'), sum([of('principal_paid'), of('principal_written_off')])),
    collected: sum([of('principal_paid'), of('interest_paid')]),
    interestCollected: of('interest_paid'),
    writtenOff: of('principal_written_off'),
  };
}

async function figuresOfAging(fleet: Fleet): Promise<FiguresOfSource> {
  const { totals, portfolio_at_risk } = await fleet.get<LoanAgingResponse>('/loans/reports/aging');
  return {
    due: sum([totals.current, totals.overdue]),
    overdue: totals.overdue,
    outstanding: portfolio_at_risk.outstanding_principal,
    atRisk: portfolio_at_risk.principal_overdue,
  };
}

async function figuresOfAgingExport(fleet: Fleet): Promise<FiguresOfSource> {
  const totals = await fleet.totals('/loans/reports/aging');
  const of = (field: string): string => totals[field] ?? 'missing';
  return { due: sum([of('current'), of('overdue')]), overdue: of('overdue') };
}

async function figuresOfCollections(app: TestApp, fleet: Fleet): Promise<FiguresOfSource> {
  const end = app.clock.currentWeek().end;
  const start = addDays(calendarDate(end), 1 - 7 * REPORT_WEEKS);
  const path = `/loans/reports/collections?period_start=${start}&period_end=${end}`;
  const { totals } = await fleet.get<LoanCollectionsResponse>(path);
  return {
    due: totals.outstanding,
    collected: totals.total_paid,
    interestCollected: totals.interest_paid,
  };
}

/** The scheduled amount is the sum of the due amount and the unposted amount. */
async function figuresOfForecast(fleet: Fleet): Promise<FiguresOfSource> {
  const { earlier, weeks, later } = await fleet.get<LoanForecastResponse>('/loans/reports/forecast');
  const lines = [earlier, ...weeks, later];
  const { totals } = await fleet.get<UnpostedInstallmentsResponse>('/loans/installments/unposted');
  return {
    outstanding: sum(lines.map(({ principal }) => principal)),
    due: minus(sum(lines.map(({ total }) => total)), totals.total_due),
  };
}

async function figuresOfLedger(fleet: Fleet): Promise<FiguresOfSource> {
  return { due: outstandingOf((await loanBalances(fleet)).filter(isOfInstallment)) };
}

/** The gauge excludes disputed balances and includes manually recorded obligations of the category. */
async function figuresOfMetrics(app: TestApp, fleet: Fleet): Promise<FiguresOfSource> {
  const balances = await loanBalances(fleet);
  const disputed = balances.filter((balance) => isOfInstallment(balance) && balance.status === 'DISPUTED');
  const byHand = balances.filter((balance) => !isOfInstallment(balance) && balance.status === 'OPEN');
  // a scrape may return the values of the previous one
  await app.get(LedgerGaugeCollector).read();
  const open = (await scrape(app)).value('ledger_open_balance_dollars', { category: 'LOANS' });
  return { due: minus(sum([open.toFixed(2), outstandingOf(disputed)]), outstandingOf(byHand)) };
}

const isOfInstallment = ({ reference_type }: BalanceListItem): boolean =>
  reference_type === 'LOAN_INSTALLMENT';
const outstandingOf = (balances: readonly BalanceListItem[]): string =>
  sum(balances.map(({ outstanding_balance }) => outstanding_balance));

const loanBalances = (fleet: Fleet): Promise<BalanceListItem[]> =>
  fleet.all<BalanceListItem>('/ledger/balances?category=LOANS');
