import { readFile } from 'node:fs/promises';
import type { Request } from 'playwright-core';
import { overflowOf, violationsOf } from './support/accessibility.js';
import type { Clerk } from './support/clerk.js';
import type { SettlementRun, SettlementTotals } from './support/earnings.js';
import {
  chooseEarnings,
  EARNINGS,
  EarningsFiles,
  referenceOf,
  settle,
  settlementRuns,
} from './support/earnings.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();
const files = EarningsFiles.forAll();
let clerk: Clerk;

const dollars = (amount: string): string => `$${amount.replace(/\B(?=(\d{3})+\.)/, ',')}`;

const statistic = (label: string): Promise<string> =>
  clerk.page
    .getByRole('definition')
    .and(clerk.page.locator(`dt:text-is("${label}") + dd`))
    // the sum below the categories has the label of its figure
    .first()
    .innerText();

const statistics = (): Promise<string[]> => Promise.all(['Earnings', 'Applied', 'Net pay'].map(statistic));

const printed = ({ total_earnings, total_applied, total_net }: SettlementTotals): string[] =>
  [total_earnings, total_applied, total_net].map(dollars);

/** The element that has the focus, by its text or id. */
const focused = (): Promise<string> =>
  clerk.page.evaluate<string>('document.activeElement.id || document.activeElement.textContent');

/** Presses Tab until the control with this text or label has the focus. */
async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await clerk.page.keyboard.press('Tab');
    const reached = await clerk.page.evaluate<string>(
      `(document.activeElement.labels?.[0] ?? document.activeElement).textContent`,
    );
    if (reached === name) return;
  }
  throw new Error(`Tab does not reach ${name}.`);
}

const previewed = (): Promise<void> =>
  clerk.page.getByRole('heading', { name: 'Preview: nothing is written yet' }).waitFor();

const SETTLE = 'Settle 2 lines, $1,457.50';

const isSettlement = (request: Request): boolean =>
  request.method() === 'POST' && request.url().includes('dry_run=false');

describe.each([1440, 390] as const)('the Tuesday of a clerk on a screen %i pixels wide', (width) => {
  const suffix = `${width}`;
  let file: string;
  let preview: SettlementTotals;
  let run: SettlementRun;

  beforeAll(async () => {
    file = files.ofDrivers(suffix);
    preview = await settle(desk, suffix, { min_take_home: '25%', dry_run: true });
    clerk = await desk.openPage({ width });
    await clerk.signIn('finance');
  });

  afterAll(() => clerk.close());

  it('begins in the menu, with a preview by the keyboard that writes nothing', async () => {
    const { page } = clerk;
    const { total } = await settlementRuns(desk);
    if (width === 390) await clerk.button('Open the menu').press('Enter');
    await page.getByRole('link', { name: 'Settlement' }).press('Enter');
    await clerk.title('Settlement').waitFor();
    await page.getByRole('link', { name: 'New settlement' }).press('Enter');
    await clerk.title('New settlement').waitFor();
    await page.getByLabel('CSV file').setInputFiles(file);
    await page.getByLabel('CSV file').focus();
    await tabTo('Payment week');
    await tabTo('Drivers keep at least');
    await page.keyboard.type('25 %');
    await page.keyboard.press('Enter');
    await previewed();
    expect(await focused()).toBe('Preview: nothing is written yet');
    expect(await statistics()).toEqual(printed(preview));
    expect(await Promise.all(['Lines', 'Rejected', 'At the minimum'].map(statistic))).toEqual([
      '3',
      '1',
      '1',
    ]);
    expect((await settlementRuns(desk)).total).toBe(total);
    expect(await violationsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  });

  it('shows the lines that would be rejected, with the reason', async () => {
    const row = clerk.page.getByRole('region', { name: 'Rejected lines' }).getByRole('row').last();
    const reference = width === 1440 ? [`EARN-5999990-${suffix}`] : [];
    expect(await row.locator('td:visible').allInnerTexts()).toEqual([
      '4',
      '5999990',
      ...reference,
      expect.stringContaining('5999990'),
    ]);
  });

  it('discards the preview when a term or the file changes', async () => {
    const { page } = clerk;
    await clerk.button(SETTLE).waitFor();
    await page.getByLabel('Drivers keep at least').fill('100%');
    expect(await clerk.button(/^Settle/).count()).toBe(0);
    await page.keyboard.press('Enter');
    await previewed();
    expect(await statistic('At the minimum')).toBe('2');
    await page.getByLabel('CSV file').setInputFiles(files.ofDrivers(`${suffix}-other`));
    await clerk.button(SETTLE).waitFor({ state: 'hidden' });
    await page.getByLabel('CSV file').setInputFiles(file);
  });

  it('settles what was previewed, once, although the file has changed since', async () => {
    const { page } = clerk;
    const sent: Request[] = [];
    page.on('request', (request) => isSettlement(request) && sent.push(request));
    await page.getByLabel('Drivers keep at least').fill('25%');
    await page.keyboard.press('Enter');
    await previewed();
    files.of(suffix, ['tlc_license_number,amount,reference', '5134567,1.00,EARN-OTHER']);
    await clerk.button(SETTLE).dblclick();
    await clerk.title(/^Settlement run SR-/).waitFor();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers()['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(await focused()).toMatch(/^Settlement run SR-/);
    [run] = (await settlementRuns(desk)).items as [SettlementRun];
    expect(run.status).toBe('COMPLETED');
    expect(printed(run)).toEqual(printed(preview));
    expect(await statistics()).toEqual(printed(preview));
    expect(await violationsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
  });

  it('finds a driver in the run, and only the rejected lines', async () => {
    const { page } = clerk;
    const rows = page.getByRole('region', { name: 'Lines', exact: true }).locator('tbody tr');
    await page.getByLabel('Search', { exact: true }).pressSequentially('5045678');
    await page.getByText('1–1 of 1', { exact: true }).waitFor();
    expect(await rows.innerText()).toContain('5045678');
    await clerk.button('Clear filters').click();
    await page.getByText('1–3 of 3', { exact: true }).waitFor();
    await page.getByLabel('Status').selectOption('Rejected');
    await page.getByText('1–1 of 1', { exact: true }).waitFor();
    expect(await rows.innerText()).toContain('Unknown driver');
    await clerk.button('Clear filters').click();
    await page.getByText('1–3 of 3', { exact: true }).waitFor();
  });

  it('downloads the net sheet', async () => {
    await clerk.button('Export').press('Enter');
    const [download] = await Promise.all([
      clerk.page.waitForEvent('download'),
      clerk.page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    const sheet = await readFile(await download.path(), 'utf8');
    for (const { tlc_license_number: tlc } of EARNINGS) expect(sheet).toContain(referenceOf(tlc, suffix));
    expect(sheet).toContain(`,PAID,842.50,${run.total_applied},`);
  });

  it('does not settle the same lines again', async () => {
    await chooseEarnings(clerk, files.ofDrivers(suffix));
    await clerk.page.getByLabel('Drivers keep at least').fill('25%');
    await clerk.page.keyboard.press('Enter');
    await previewed();
    await clerk.page.getByText('No line can be settled.').waitFor();
    await clerk.page
      .getByText(/^The earnings .* are settled already\.$/)
      .and(clerk.page.locator(':visible'))
      .first()
      .waitFor();
    expect(await clerk.button(/^Settle/).isDisabled()).toBe(true);
  });

  it('leads to the run that has settled all of the lines', async () => {
    const kept = { ...EARNINGS[1], amount: '1.00', min_take_home: '100%' };
    const settled = await settle(desk, `${suffix}-kept`, { lines: [kept] });
    await chooseEarnings(clerk, files.ofDrivers(`${suffix}-kept`, [kept]));
    await clerk.button('Preview').click();
    await previewed();
    await clerk.page.getByText('These lines are settled already.').waitFor();
    expect(await clerk.button(/^(Settle|Continue)/).count()).toBe(0);
    await clerk.page.getByRole('link', { name: `Settlement run ${settled.run_id}` }).press('Enter');
    await clerk.title(`Settlement run ${settled.run_id}`).waitFor();
    await clerk.open(`/settlement/${run.run_id}`, clerk.title(`Settlement run ${run.run_id}`));
  });

  it('is voided by the keyboard, with a preview and a reason', async () => {
    const { page } = clerk;
    await clerk.button('Void').press('Enter');
    const dialog = page.getByRole('dialog');
    const sum = dollars(run.total_applied);
    await dialog.getByText(`2 lines would be voided: ${sum} is owed again.`).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(await dialog.getByRole('button', { name: `Void ${sum}` }).isDisabled()).toBe(true);
    expect((await settlementRuns(desk)).items[0]?.status).toBe('COMPLETED');
    await page.keyboard.type('The file of another week');
    await tabTo(`Void ${sum}`);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('The file of another week').waitFor();
    expect(await focused()).toMatch(/^Settlement run SR-/);
    const voided = (await settlementRuns(desk)).items.find(({ run_id }) => run_id === run.run_id);
    expect(voided).toMatchObject({
      status: 'VOIDED',
      void_reason: 'The file of another week',
    });
  });

  it('is in the history, which leads to it', async () => {
    await clerk.open('/settlement', clerk.title('Settlement'));
    await clerk.page.getByLabel('Status').selectOption('Voided');
    await clerk.page.getByRole('link', { name: run.run_id }).press('Enter');
    await clerk.title(`Settlement run ${run.run_id}`).waitFor();
    expect(await clerk.button('Void').count()).toBe(0);
  });

  it('logs no browser error and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([]);
  });
});
