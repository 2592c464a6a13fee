import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { waitFor } from '../support/wait-for.js';
import { TestedConsole } from './support/tested-console.js';

/** A loan for each screen width, with posted and unpaid installments before the tests */
const WRITTEN_OFF = { 1440: 'DL-2025-0005', 390: 'DL-2025-0006' } as const;

const ACCOUNT = '/ledger/accounts/3/3';

const desk = TestedConsole.forAll();

const ask = <T>(path: string, body?: object, user?: string): Promise<T> => desk.call<T>(path, { body, user });

interface Credits {
  readonly total_left_over: string;
}

interface Receipts {
  readonly rows: readonly { readonly received: string }[];
  readonly totals: { readonly received: string };
}

const pay = (payment: object): Promise<unknown> =>
  ask('/ledger/payments', { payment_period_start: '2025-11-02', method: 'CASH', ...payment });

/** "1234.50" formatted as in tables */
const shown = (amount: string): string => amount.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

const cents = (amount: string): number =>
  Math.round(parseFloat(amount.replace('\u2212', '-').replace(/,/g, '')) * 100);

describe.each([1440, 390] as const)('the cashier section on a screen %i pixels wide', (width) => {
  let clerk: Clerk;

  beforeAll(async () => {
    clerk = await desk.openPage({ width });
    await clerk.signIn('finance');
  });

  afterAll(() => clerk.close());

  /** The amounts of the totals list below "Allocation of the payment". */
  async function sumOf(preview: Locator): Promise<number[]> {
    const amounts = await preview.locator('dl dd').allInnerTexts();
    return amounts.map(cents);
  }

  it('previews where a payment goes, in lines that add up', async () => {
    const { page } = clerk;
    await clerk.open(`${ACCOUNT}/pay`, clerk.title('Take a payment'));
    await page.getByLabel('Amount received').fill('30.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').fill(`CHECK-${width}`);
    await page.getByText('Left over').waitFor();
    const parts = await sumOf(page.locator('main'));
    const left = parts.pop();
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(left);
    expect(parts[0]).toBe(3_000);
  });

  it('records the method, the date of receipt and a note', async () => {
    const { page } = clerk;
    await page.getByLabel('Method').selectOption('Check');
    expect(await page.getByLabel('Received on').inputValue()).toBe('2025-11-02');
    await page.getByLabel('Received on').fill('2025-10-31');
    await page.getByLabel('Note (optional)').fill('Check 1042');
    await clerk.button('Take $30.00').click();
    await page.waitForURL((url) => url.pathname.endsWith(ACCOUNT));
    const { items } = await ask<{ items: { posting_id: string }[] }>(
      `/ledger/postings?source_type=CHECK&source_id=CHECK-${width}`,
    );
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'PAYMENT',
        payment_method: 'CHECK',
        received_on: '2025-10-31',
        notes: 'Check 1042',
      }),
    ]);
    const id = items[0]!.posting_id;
    await clerk.open(`/ledger/postings/${id}`, clerk.title(`Posting ${id}`));
    await page.getByText('Check 1042', { exact: true }).waitFor();
    await page.getByText('Oct 31, 2025', { exact: true }).waitFor();
  });

  it('shows the payment in the statement of its week, with date, method and reference', async () => {
    const { page } = clerk;
    await clerk.open(`${ACCOUNT}/statement`, page.getByRole('region', { name: 'Statement of the week' }));
    const received = page.getByRole('region', { name: 'Money received' });
    const row = received.getByRole('row').filter({ hasText: `CHECK-${width}` });
    expect(await row.innerText()).toMatch(/^Oct 31, 2025\s[\s\S]*Check\s[\s\S]*30\.00$/);
  });

  it('lists the payments that the user recorded today', async () => {
    const { page } = clerk;
    await clerk.open('/ledger/postings', page.getByRole('region', { name: 'Postings' }));
    await page.getByLabel('Kind').selectOption('Payment');
    await page.getByLabel('Posted from').fill('2025-11-02');
    await page.getByLabel('Posted to').fill('2025-11-02');
    await page.getByLabel('Posted by').selectOption('Me');
    await page.getByRole('link', { name: /^LP-/ }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('kind')).toBe('PAYMENT');
    const { id } = await ask<{ id: number }>('/auth/me');
    const { total } = await ask<{ total: number }>(
      `/ledger/postings?kind=PAYMENT&posted_from=2025-11-02&posted_to=2025-11-02&posted_by=${id}`,
    );
    await page.getByText(`1–${total} of ${total}`).waitFor();
  });

  it('shows the totals of the unposted list, and previews the next week before it begins', async () => {
    const { page } = clerk;
    await clerk.open('/posting?period_end=2025-11-15');
    const { to_post } = await ask<{ to_post: { total_due: string } }>(
      '/loans/installments/unposted?period_end=2025-11-15',
    );
    await page
      .getByText(`$${shown(to_post.total_due)}`)
      .first()
      .waitFor();
    await clerk.button('Post installments').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Payment week').selectOption('2025-11-09');
    await dialog.getByRole('button', { name: 'Dry run' }).click();
    await dialog.getByText('This week has not started. It can be posted from Sunday.').waitFor();
    expect(await dialog.getByRole('button', { name: /^Post \d+ installment/ }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
  });

  it('opens with what the next run will post, and finds a loan by a part of its id or its driver', async () => {
    const { page } = clerk;
    type Unposted = { total: number; items: { loan_id: string; driver_name: string }[] };
    const next = await ask<Unposted>('/loans/installments/unposted?period_end=2025-11-08');
    const all = await ask<Unposted>('/loans/installments/unposted?page_size=500');
    expect(all.total).toBeGreaterThan(next.total);
    await clerk.open('/loans', clerk.title('Loans'));
    await clerk.open('/posting', clerk.title('Weekly posting'));
    const weeks = page.getByLabel('Shows');
    expect(await weeks.locator('option:checked').innerText()).toBe('The next run: Nov 2 – Nov 8, 2025');
    await page.getByText(`of ${next.total}`).waitFor();
    await weeks.selectOption('All weeks');
    await page.getByText(`of ${all.total}`).waitFor();
    const { loan_id, driver_name } = all.items[0]!;
    const loan = page.getByRole('combobox', { name: 'Loan', exact: true });
    for (const typed of [loan_id.slice(-4), driver_name]) {
      await loan.focus();
      await loan.press('Control+a');
      await page.keyboard.type(typed);
      await page.getByRole('option', { name: `${loan_id} · ${driver_name}` }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.searchParams.get('loan_id') === loan_id);
      await clerk.button('Post installments').click();
      const chosen = page.getByRole('dialog').getByRole('combobox', { name: 'One loan only' });
      await waitFor(
        'the dialog has the loan',
        async () => (await chosen.inputValue()).startsWith(loan_id) || null,
      );
      await page.keyboard.press('Escape');
      await clerk.button('Clear filters').click();
      await page.waitForURL((url) => !url.searchParams.has('loan_id'));
    }
  });

  it('explains a posting error that concerns the whole loan', async () => {
    const { page } = clerk;
    const errors = [{ installment_id: null, code: 'LOAN_NOT_ACTIVE', message: 'The loan is on hold.' }];
    const run = { ...(await ask<object>('/loans/posting-runs/7')), installments_failed: 1, errors };
    await page.route('**/posting-runs/7', (route) => route.fulfill({ json: run }));
    await clerk.open('/posting/runs/7', clerk.title('Posting run 7'));
    await page.getByRole('cell', { name: 'The whole loan' }).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('null');
    await page.unroute('**/posting-runs/7');
  });

  it('records a recovery after a write-off, and the loan shows the recovered amount', async () => {
    const { page } = clerk;
    const loan = WRITTEN_OFF[width];
    await ask(`/loans/${loan}/write-off`, { reason: 'Driver left the country' }, 'admin');
    const { left_to_recover: left } = await ask<{ left_to_recover: string }>(`/loans/${loan}`);
    await clerk.open(`/loans/${loan}`, clerk.title(loan));
    await clerk.button('Actions').click();
    await page.getByRole('menuitem', { name: 'Record recovery' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Amount received').inputValue()).toBe(left);
    await dialog.getByLabel('Amount received').fill('25.00');
    await dialog.getByLabel('Method').selectOption('Card');
    await dialog.getByLabel('Receipt or reference number').fill(`REC-${width}`);
    await dialog.getByRole('row', { name: 'Recovered $0.00 $25.00' }).waitFor();
    expect(await ask(`/loans/${loan}`)).toMatchObject({ recovered: '0.00' });
    await dialog.getByRole('button', { name: 'Record $25.00' }).dblclick();
    await dialog.waitFor({ state: 'hidden' });
    expect(await ask(`/loans/${loan}`)).toMatchObject({ recovered: '25.00', status: 'CLOSED' });
    await page.getByText('Recovered after the write-off').waitFor();
  });

  it('shows the credit of a driver, and refunds a part of it after a dry run', async () => {
    const { page } = clerk;
    await pay({
      driver_id: 4,
      lease_id: 4,
      amount: '900.00',
      source_type: 'CASH',
      source_id: `BIG-${width}`,
    });
    const { total_left_over: before } = await ask<Credits>('/ledger/credits?driver_id=4');
    await clerk.open('/ledger/accounts/4/4', clerk.title(/^Account of/));
    await page.getByText(`$${shown(before)}`, { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Left over from the driver’s payments under any lease' }).click();
    const list = page.getByRole('region', { name: 'Credits' });
    await list.getByRole('row', { name: `Total of all pages ${shown(before)}` }).waitFor();
    await clerk.button('Refund').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`At most $${shown(before)}`).waitFor();
    await dialog.getByLabel('Amount').fill('5,000');
    await dialog.getByLabel('Method').selectOption('Check');
    await dialog.getByLabel('Receipt or reference number').fill(`BACK-${width}`);
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Amount').fill('100.00');
    await dialog.getByRole('row', { name: `Credit of the driver $${shown(before)}` }).waitFor();
    expect(await ask('/ledger/credits?driver_id=4')).toMatchObject({ total_left_over: before });
    const refund = dialog.getByRole('button', { name: 'Refund $100.00' });
    expect(await refund.isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('Driver leaves the fleet');
    await refund.dblclick();
    await dialog.waitFor({ state: 'hidden' });
    const after = await ask<Credits>('/ledger/credits?driver_id=4');
    expect(cents(before) - cents(after.total_left_over)).toBe(10_000);
    await list.getByRole('row', { name: `Total of all pages ${shown(after.total_left_over)}` }).waitFor();
  });

  it('says that there is no balance that a credit can pay', async () => {
    const { page } = clerk;
    await clerk.button('Apply credits').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('There is no balance that a credit can pay.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Apply $0.00' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
  });

  it('reports the money received and paid out by method, and exports it', async () => {
    const { page } = clerk;
    await clerk.open('/ledger/receipts', clerk.title('Receipts'));
    const report = await ask<Receipts>('/ledger/reports/receipts?group_by=method,posted_by');
    await page.getByLabel('User').click();
    const table = page.getByRole('region', { name: 'Receipts' });
    await table.getByRole('columnheader', { name: 'User' }).waitFor();
    const lines = await table.locator('tbody tr').allInnerTexts();
    expect(lines).toHaveLength(report.rows.length);
    report.rows.forEach((row, index) => expect(lines[index]).toContain(shown(row.received)));
    expect(await table.locator('tfoot').innerText()).toContain(shown(report.totals.received));
    await clerk.button('Export').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'JSON' }).click(),
    ]);
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ items: report.rows });
  });

  it('logs no browser error except the rejected refund, and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([expect.stringMatching(/status of 400 .*\/ledger\/refunds/)]);
  });
});
