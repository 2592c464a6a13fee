import { readFile } from 'node:fs/promises';
import { readExcel } from '../support/download.js';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();

let clerk: Clerk;

/** Asks the API directly. */
const ask = <T>(path: string, user?: string): Promise<T> => desk.call<T>(path, { user });

interface Postings {
  readonly total: number;
  readonly items: { readonly posting_id: string; readonly amount: string; readonly status: string }[];
}

interface PostingRun {
  readonly installments_posted: number;
  readonly total_amount_posted: string;
}

const isLoan = (row: string): boolean => /DL-2025-\d{4}/.test(row);

const paymentsOf = (reference: string): Promise<Postings> =>
  ask(`/ledger/postings?source_type=CASH&source_id=${reference}`);

describe.each([1440, 390] as const)('a working day of a clerk on a screen %i pixels wide', (width) => {
  /** The loan under test */
  let loan: string;
  const account = '/ledger/accounts/1/1';

  beforeAll(async () => {
    clerk = await desk.openPage({ width });
    await clerk.signIn('finance');
  });

  afterAll(() => clerk.close());

  it('creates a loan: license, lease, terms, schedule, review, create', async () => {
    const { page } = clerk;
    await clerk.open('/loans/new', clerk.title('Create loan'));
    const driver = page.getByLabel('Driver').and(page.locator('input'));
    if (width === 1440) {
      // like a scanner: key by key, then Enter before any response can arrive
      await driver.pressSequentially('5012345');
    } else {
      await driver.pressSequentially('diallo');
      await page.getByRole('option', { name: /Amara Diallo/ }).waitFor();
    }
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: /5X41/ }).waitFor();
    await clerk.button('Continue to the terms').click();
    await page.getByLabel('Loan amount').fill('1,500');
    await page.getByLabel('Interest rate').fill('10');
    const weeks = page.getByLabel('First payment week');
    const options = await weeks.locator('option:not([disabled])').all();
    const offered = await Promise.all(options.map((option) => option.getAttribute('value')));
    expect(offered.every((date) => new Date(`${date}T00:00:00Z`).getUTCDay() === 0)).toBe(true);
    await weeks.selectOption('2025-11-02');
    await page.getByRole('cell', { name: '252.47' }).waitFor();
    if (width > 1000) await page.getByRole('cell', { name: '1,500.00 × 10% × 6/365' }).waitFor();
    await clerk.button('Review').click();
    await page.getByText('$1,509.67').first().waitFor();
    await clerk.button('Create loan').dblclick();
    await page.waitForURL(/\/loans\/DL-2025-\d+$/);
    loan = page.url().split('/').pop()!;
    expect(await ask(`/loans/${loan}`)).toMatchObject({ loan_amount: '1500.00', status: 'ACTIVE' });
    expect(await ask('/loans?q=Diallo&status=ACTIVE')).toMatchObject({ total: 2 });
  });

  it('puts the loan on hold with a reason, and resumes it after a preview of its new weeks', async () => {
    const { page } = clerk;
    await clerk.button('Actions').click();
    await page.getByRole('menuitem', { name: 'Put on hold' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('On hold', { exact: true }).waitFor();
    await dialog.getByLabel('Reason').fill('Cab in the workshop');
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await ask(`/loans/${loan}`)).toMatchObject({ status: 'ON_HOLD' });

    await clerk.button('Actions').click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await dialog.getByLabel('Resume in the week of').selectOption('2025-11-02');
    await dialog.getByLabel('Reason').fill('Cab is back');
    await dialog.getByRole('button', { name: 'Resume loan' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await ask(`/loans/${loan}`)).toMatchObject({ status: 'ACTIVE', next_due_date: '2025-11-08' });
  });

  it('posts the week after a dry run that writes nothing', async () => {
    const { page } = clerk;
    await clerk.open('/posting');
    const before = await ask<{ total: number }>('/loans/installments/unposted?period_end=2025-11-08');
    await clerk.button('Post installments').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Dry run' }).click();
    await dialog.getByText('Would be posted', { exact: true }).waitFor();
    expect(await ask('/loans/installments/unposted?period_end=2025-11-08')).toMatchObject(before);
    await dialog.getByRole('button', { name: /^Post \d+ installment/ }).dblclick();
    await page.waitForURL(/\/posting\/runs\/\d+$/);
    await page.getByText('Completed', { exact: true }).waitFor();
    expect(await ask(`/loans/installments?loan_id=${loan}&posted=true`)).toMatchObject({ total: 1 });
  });

  it('exports what the scheduled run posted, for reconciliation', async () => {
    const { page } = clerk;
    const run = await ask<PostingRun>('/loans/posting-runs/8');
    expect(run).toMatchObject({ trigger: 'CRON', period_end: '2025-11-01' });
    await clerk.open('/posting/runs/8', clerk.title('Posting run 8'));
    await clerk.button('Export').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'JSON' }).click(),
    ]);
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({
      count: run.installments_posted,
      totals: { total_due: run.total_amount_posted },
    });
  });

  it('shows what a run did not post, and why', async () => {
    const { page } = clerk;
    const message = 'This installment is already in the ledger.';
    const errors = [{ installment_id: 'DL-2025-0002-INST-07', code: 'SOURCE_ALREADY_POSTED', message }];
    const run = { ...(await ask<PostingRun>('/loans/posting-runs/7')), installments_failed: 1, errors };
    await page.route('**/posting-runs/7', (route) => route.fulfill({ json: run }));
    await clerk.open('/posting/runs/7', clerk.title('Posting run 7'));
    await page.getByRole('cell', { name: message }).waitFor();
    await page.getByRole('link', { name: 'DL-2025-0002-INST-07' }).click();
    await clerk.title('DL-2025-0002').waitFor();
    await page.unroute('**/posting-runs/7');
  });

  it('records a payment by hierarchy once, however often the button is pressed', async () => {
    const { page } = clerk;
    await clerk.open(`${account}/pay`);
    await page.getByLabel('Amount received').fill('20.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').fill(`R-${width}`);
    await page.getByRole('region', { name: 'Allocation of the payment' }).waitFor();
    expect(await paymentsOf(`R-${width}`)).toMatchObject({ total: 0 });
    await clerk.button('Take $20.00').dblclick();
    await page.waitForURL((url) => url.pathname.endsWith(account));
    expect(await paymentsOf(`R-${width}`)).toMatchObject({ total: 1, items: [{ amount: '20.00' }] });
  });

  it('records a targeted payment', async () => {
    const { page } = clerk;
    const { balances } = await ask<{ balances: { balance_id: string; reference_id: string }[] }>(
      '/ledger/balances/driver/1/lease/1',
    );
    const balance = balances.find(({ reference_id }) => reference_id.startsWith(loan))!;
    await clerk.open(`${account}/pay`);
    await page.getByText('Named balances').click();
    await page.getByLabel('Amount received').fill('5.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').fill(`T-${width}`);
    await page.getByLabel(`Amount to pay on ${balance.balance_id}`).fill('5.00');
    await clerk.button('Take $5.00').click();
    await page.waitForURL((url) => url.pathname.endsWith(account));
    expect(await ask(`/ledger/balances/${balance.balance_id}`)).toMatchObject({
      allocations: expect.arrayContaining([
        expect.objectContaining({ amount_allocated: '5.00', allocation_type: 'TARGETED' }),
      ]),
    });
  });

  it('voids a payment with a reason', async () => {
    const { page } = clerk;
    const { items } = await paymentsOf(`T-${width}`);
    await clerk.open(`/ledger/postings/${items[0]!.posting_id}`);
    await clerk.button('Void').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Void $5.00' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('Wrong driver');
    await dialog.getByRole('button', { name: 'Void $5.00' }).click();
    await page.getByText('Voided', { exact: true }).waitFor();
    expect(await paymentsOf(`T-${width}`)).toMatchObject({ items: [{ status: 'VOIDED' }] });
  });

  it('pays the loan off at the quote of the day', async () => {
    const { page } = clerk;
    await clerk.open(`/loans/${loan}`);
    await clerk.button('Actions').click();
    await page.getByRole('menuitem', { name: 'Pay off' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Payoff amount today').waitFor();
    // the reference number has the focus
    await page.keyboard.type(`P-${width}`);
    await dialog.getByLabel('Method').selectOption('Check');
    await dialog.getByLabel('Note (optional)').pressSequentially('Sold the medallion');
    await dialog.getByRole('button', { name: /^Pay off \$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Closed', { exact: true }).first().waitFor();
    expect(await ask(`/loans/${loan}`)).toMatchObject({ status: 'CLOSED', outstanding_balance: '0.00' });
    expect(await ask(`/ledger/postings?source_type=PAYOFF&source_id=P-${width}`)).toMatchObject({
      items: [{ payment_method: 'CHECK', received_on: '2025-11-02', notes: 'Sold the medallion' }],
    });
  });

  it('exports exactly the filtered list, in a file that Excel can read', async () => {
    const { page } = clerk;
    await clerk.open('/loans?status=CLOSED&sort_by=loan_amount&sort_order=asc', clerk.title('Loans'));
    await clerk.button('Export').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Excel' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    const { worksheets } = await readExcel(await readFile(await download.path()));
    const loans = worksheets[0]!
      .getSheetValues()
      .map((row) => JSON.stringify(row))
      .filter(isLoan);
    const { total, items } = await ask<{ total: number; items: { loan_id: string }[] }>(
      '/loans?status=CLOSED&sort_by=loan_amount&sort_order=asc',
    );
    expect(loans).toHaveLength(total);
    items.forEach(({ loan_id }, index) => expect(loans[index]).toContain(loan_id));
    expect(loans.join()).not.toContain('ACTIVE');
  });

  it('downloads the agreement and the statement as PDF, and reports a failed download', async () => {
    const { page } = clerk;
    await clerk.open(`/loans/${loan}`, clerk.title(loan));
    await clerk.button('Actions').click();
    const agreement = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Agreement (PDF)' }).click();
    await clerk.open(`${account}/statement`, page.getByRole('region', { name: 'Statement of the week' }));
    const statement = page.waitForEvent('download');
    await clerk.button('PDF').click();
    for (const file of [await agreement, await statement]) {
      expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-');
    }
    await page.route('**/statements?**format=pdf', (route) => route.abort());
    await clerk.button('PDF').click();
    const refusal = page.getByRole('alert').filter({ hasText: 'The service does not answer.' });
    await refusal.getByRole('button', { name: 'Close' }).click();
    await refusal.waitFor({ state: 'hidden' });
    await page.unroute('**/statements?**format=pdf');
    // this test aborts the request itself
    expect(clerk.browserErrors.splice(0)).toEqual([expect.stringContaining('net::ERR_FAILED')]);
  });

  it('finds a lease from any page by its medallion', async () => {
    const { page } = clerk;
    await clerk.open('/audit');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search everything' }).fill('5X41');
    await page.getByRole('option', { name: /LS-5X41/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/leases\/1$/);
  });

  it('finds a driver by a scanned license, although Enter arrives before any response', async () => {
    const { page } = clerk;
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search everything' }).pressSequentially('5023456');
    await page.keyboard.press('Enter');
    await clerk.title('Rafiq Chowdhury').waitFor();
  });

  it('shows that the ledger verification passed', async () => {
    const { page } = clerk;
    await clerk.open('/ledger/verify');
    await clerk.button('Verify now').click();
    await page.getByText('Verification passed: 0 differences').waitFor();
  });

  it('signs out; the URL then asks for a password and leads back to the page', async () => {
    const { page } = clerk;
    await clerk.button(/^Your account/).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').waitFor();
    await page.goto(`${desk.url}/console/ledger/postings/LP-2025-000001`);
    await clerk.enterPassword('finance');
    await clerk.title('Posting LP-2025-000001').waitFor();
  });

  it('logs no browser error and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([]);
  });
});
