import type { LoanAgingResponse } from '../../src/modules/loans/reports/loan-aging.response.js';
import type { LoanCollectionsResponse } from '../../src/modules/loans/reports/loan-collections.response.js';
import type { LoanForecastResponse } from '../../src/modules/loans/reports/loan-forecast.response.js';
import type { LoanStatisticsResponse } from '../../src/modules/loans/overview/loan-statistics.response.js';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();

const ask = <T>(path: string): Promise<T> => desk.call<T>(path, { user: 'manager' });

/** "1234.50" formatted as in tables */
const shown = (amount: string): string => amount.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

describe.each([1440, 390] as const)('the dashboard on a screen %i pixels wide', (width) => {
  let clerk: Clerk;

  beforeAll(async () => {
    clerk = await desk.openPage({ width });
    await clerk.signIn('manager');
  });

  afterAll(() => clerk.close());

  /** The visible cells of each row of the chart's table (a narrow screen hides some columns). */
  async function tableOf(chart: string): Promise<string[][]> {
    const section = clerk.page.getByRole('region', { name: chart, exact: true });
    await section.getByRole('button', { name: 'As a table' }).click();
    const rows = await section.locator('tbody tr').all();
    return Promise.all(rows.map((row) => row.locator('td:visible').allInnerTexts()));
  }

  it('begins with the figures of the reports', async () => {
    const { page } = clerk;
    const summary = await ask<LoanStatisticsResponse>('/loans/statistics/summary');
    const { totals, portfolio_at_risk: risk } = await ask<LoanAgingResponse>('/loans/reports/aging');
    const { weeks } = await ask<LoanForecastResponse>('/loans/reports/forecast?weeks=1');
    await page.getByRole('link', { name: `$${shown(risk.principal_overdue)}` }).waitFor();
    const figures: [string, string | undefined, string?][] = [
      ['Outstanding principal', summary.total_outstanding],
      ['Due this week', weeks[0]?.total, weeks[0]?.on_hold],
      ['Overdue', totals.overdue],
      ['Principal at risk', risk.principal_overdue],
      ['Collected so far', summary.total_amount_collected, summary.total_interest_collected],
    ];
    for (const [label, amount = '', inNote = ''] of figures) {
      const statistic = page.locator('dl > div', { has: page.getByText(label, { exact: true }) });
      const [value, note] = await statistic.locator('dd').allInnerTexts();
      expect(value).toBe(`$${shown(amount)}`);
      expect(note).toContain(shown(inNote));
    }
    const share = parseFloat(risk.share_overdue);
    await page
      .getByText(`${share}% of all; over 28 days late: ${parseFloat(risk.share_over_28_days)}%`)
      .waitFor();
  });

  it('links the overdue amount to the aging report with every overdue loan', async () => {
    const { page } = clerk;
    const { totals, total } = await ask<LoanAgingResponse>('/loans/reports/aging');
    await page.getByRole('link', { name: `$${shown(totals.overdue)}`, exact: true }).click();
    await clerk.title('Aging').waitFor();
    const table = page.getByRole('region', { name: 'Aging' });
    await table.locator('tbody tr').first().waitFor();
    expect(await table.locator('tbody tr').count()).toBe(total);
    expect(await table.locator('tfoot td:visible').last().innerText()).toBe(shown(totals.overdue));
    await clerk.open('/', page.getByRole('heading', { name: 'Collected against due' }));
  });

  it('shows the amounts due and paid by week, as the collections report does', async () => {
    const { weeks } = await ask<LoanCollectionsResponse>('/loans/reports/collections');
    const rows = await tableOf('Collected against due');
    expect(rows.map((row) => row.slice(1, 3))).toEqual(
      weeks.map(({ total_due, total_paid }) => [shown(total_due), shown(total_paid)]),
    );
    expect(weeks.some(({ total_paid, total_due }) => total_paid !== total_due)).toBe(true);
  });

  it('shows the future amounts due, as the forecast report does', async () => {
    const { earlier, weeks, later } = await ask<LoanForecastResponse>('/loans/reports/forecast?weeks=12');
    const rows = await tableOf('Due by week');
    const total = width === 1440 ? 3 : 1;
    expect(rows.map((row) => row[total])).toEqual(
      [earlier, ...weeks, later].map((line) => shown(line.total)),
    );
  });

  it('shows the amounts overdue by age, as the aging report does', async () => {
    const { totals } = await ask<LoanAgingResponse>('/loans/reports/aging');
    const rows = await tableOf('Unpaid, by days late');
    const { current, days_1_7, days_8_14, days_15_28, over_28_days } = totals;
    expect(rows.map(([, amount]) => amount)).toEqual(
      [current, days_1_7, days_8_14, days_15_28, over_28_days].map(shown),
    );
  });

  it('shows the time of the next scheduled run', async () => {
    await clerk.page.getByText('Nov 2, 2025, 5:00 AM New York time').waitFor();
  });

  it('says that nothing is owed in a fleet without loans, and draws no empty chart', async () => {
    const { page } = clerk;
    await page.route('**/reports/**', async (route) => {
      const response = await route.fetch();
      const body = (await response.text())
        .replace(/"\d+\.\d{2}"/g, '"0.00"')
        .replace(/"(installments|days_overdue)":\d+/g, '"$1":0');
      await route.fulfill({ response, body });
    });
    await page.reload();
    for (const sentence of [
      'No posted installment was due in these weeks.',
      'No loan has anything left to pay.',
      'All posted installments are paid.',
      'Nothing is overdue.',
    ]) {
      await page.getByText(sentence).waitFor();
    }
    expect(await page.getByRole('button', { name: 'As a table' }).count()).toBe(0);
    await page.unroute('**/reports/**');
  });

  it('reports a chart that fails to load, and loads it again on request', async () => {
    const { page } = clerk;
    await page.route('**/reports/collections', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: PROBLEM }),
    );
    await page.reload();
    await page.getByText('Request req-1').waitFor();
    await page.unroute('**/reports/collections');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Collected against due' }).waitFor();
  });
});

const PROBLEM = JSON.stringify({
  status: 500,
  code: 'INTERNAL_ERROR',
  detail: 'Something went wrong.',
  request_id: 'req-1',
});
