import type { Page, Request } from 'playwright-core';
import { overflowOf } from './support/accessibility.js';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();

interface Paid {
  readonly posting: { readonly posting_id: string };
  readonly allocations: readonly { readonly balance_id: string; readonly reference_id: string }[];
}

const pay = (source_id: string, amount: string): Promise<Paid> =>
  desk.call<Paid>('/ledger/payments', {
    body: {
      driver_id: 3,
      lease_id: 3,
      amount,
      payment_period_start: '2025-11-02',
      source_type: 'CHECK',
      source_id,
      method: 'CHECK',
      received_on: '2025-10-31',
    },
  });

describe('the console shows in plain words', () => {
  let clerk: Clerk;
  let page: Page;

  beforeAll(async () => {
    clerk = await desk.openPage({ width: 1440 });
    page = clerk.page;
    await clerk.signIn('admin');
  });

  afterAll(() => clerk.close());

  const openPayment = async (): Promise<void> => {
    await clerk.open('/nowhere', clerk.title('Page not found'));
    // the draft of an earlier test
    await page.evaluate('sessionStorage.clear()');
    await clerk.open('/ledger/accounts/3/3/pay', clerk.title('Take a payment'));
  };

  it('what a payment paid, its remaining amount and its method', async () => {
    const { posting, allocations } = await pay('CHECK-77', '9000.00');
    expect(allocations.length).toBeGreaterThan(1);
    await clerk.open(`/ledger/postings/${posting.posting_id}`, clerk.title(`Posting ${posting.posting_id}`));
    const table = page.getByRole('region', { name: 'Settled balances' });
    for (const { balance_id, reference_id } of allocations) {
      const row = table.getByRole('row', { name: new RegExp(reference_id) });
      expect(await row.getByRole('link', { name: balance_id }).getAttribute('href')).toContain(
        `/ledger/balances/${balance_id}`,
      );
    }
    await page.getByText('Left as credit').waitFor();
    await page.getByText('is left as a credit of the driver').waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/Method\s+Check/);
    expect(text).toMatch(/Receipt or reference number\s+CHECK-77/);
    expect(text).toMatch(/Received on\s+Oct 31, 2025/);
    expect(text).not.toContain('Earnings');
  });

  it('which uses of a receipt number the service accepts', async () => {
    await openPayment();
    const field = page.getByLabel('Receipt or reference number');
    expect(await field.getAttribute('placeholder')).toBeNull();
    await page
      .getByText('Use each number once per method. After a void, the number can be used again.')
      .waitFor();
    await page.getByLabel('Amount received').pressSequentially('5.00');
    await page.getByLabel('Method').selectOption('Check');
    await field.pressSequentially('CHECK-77');
    await page
      .getByText('Check CHECK-77 is already in the ledger. Use another number, or void the first posting.')
      .waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('alert').getByText('Check the marked fields').waitFor();
    await page.getByLabel('Method').selectOption('Cash');
    await clerk.button('Take $5.00').and(page.locator(':enabled')).waitFor();
  });

  it('that the method of a payment is still to be chosen', async () => {
    await openPayment();
    await page.getByLabel('Amount received').pressSequentially('5.00');
    await page.getByLabel('Receipt or reference number').pressSequentially('METHOD-1');
    const method = page.getByLabel('Method');
    expect(await method.inputValue()).toBe('');
    await page.getByText('Enter an amount, the method and a reference.').waitFor();
    await method.focus();
    await page.keyboard.type('Card');
    await clerk.button('Take $5.00').and(page.locator(':enabled')).waitFor();
  });

  it('why a payment pays each balance', async () => {
    for (const category of ['TAXES', 'LEASE']) {
      await desk.call('/ledger/obligations', {
        body: {
          driver_id: 9,
          lease_id: 9,
          category,
          amount: '40.00',
          reference_type: 'TEST_FEE',
          reference_id: `WHY-${category}`,
          payment_period_start: '2025-11-02',
        },
      });
    }
    await clerk.open('/ledger/accounts/9/9/pay', clerk.title('Take a payment'));
    await page.getByText('Named balances').click();
    await page.getByLabel('Amount received').pressSequentially('10.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').pressSequentially('WHY-1');
    const row = page.getByRole('row', { name: 'WHY-TAXES' });
    await row.getByLabel(/^Amount to pay on LB-/).pressSequentially('1.00');
    const allocation = page.getByRole('region', { name: 'Allocation of the payment' });
    await allocation.getByText('Named by the cashier').waitFor();
    await allocation.getByText('Rest of the payment: the lease first, then by hierarchy').waitFor();
  });

  it('next to its field, under its label, that a date is rejected', async () => {
    await openPayment();
    await page.getByLabel('Amount received').pressSequentially('5.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').pressSequentially('LATE-1');
    const field = page.getByLabel('Received on');
    await field.focus();
    await page.keyboard.type('12312025');
    await page.getByText(/^Received on must be between Nov 1, 2024 and Nov 2, 2025/).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('alert').getByText('Check the marked fields').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('received_on');
  });

  it('next to its field in a dialog that a due date is rejected', async () => {
    await clerk.open('/ledger/accounts/3/3', clerk.title(/^Account of/));
    await clerk.button('Charge the driver').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Amount').pressSequentially('5.00');
    await dialog.getByLabel('Category').selectOption('Repairs');
    await dialog.getByLabel('Reference number').pressSequentially('T-1');
    await dialog.getByLabel('Due').focus();
    await page.keyboard.type('01012028');
    await dialog.getByText(/^Due must be between Nov 2, 2025/).waitFor();
    expect(await dialog.innerText()).not.toContain('due_date');
    await page.keyboard.press('Escape');
  });

  it('which terms of a loan are missing, and marks them', async () => {
    await clerk.open('/loans/new?driver_id=3', clerk.title('Create loan'));
    await page.getByRole('radio', { name: /2B90/ }).waitFor();
    await clerk.button('Continue to the terms').click();
    await page.getByText('Still missing: Loan amount, First payment week').waitFor();
    for (const label of ['Loan amount', 'First payment week']) {
      expect(await page.getByLabel(label).getAttribute('required')).not.toBeNull();
    }
    await page.keyboard.type('1500');
    await page.getByText('Still missing: First payment week').waitFor();
    await page.getByLabel('First payment week').selectOption('2025-11-09');
    await clerk.button('Review').and(page.locator(':enabled')).waitFor();
    expect(await page.getByText(/^Still missing/).count()).toBe(0);
  });

  it('that the first day of a list is after the last', async () => {
    await clerk.open('/nowhere', clerk.title('Page not found'));
    await clerk.open('/loans', page.getByRole('region', { name: 'Loans' }));
    await page.getByLabel('Lent from', { exact: true }).focus();
    await page.keyboard.type('10262025');
    await page.getByLabel('Lent to', { exact: true }).focus();
    await page.keyboard.type('10012025');
    await page.getByText('Lent from must not be after Lent to.').waitFor();
  });

  it('that the URL contains an unknown status, and shows the whole list', async () => {
    await clerk.open('/nowhere', clerk.title('Page not found'));
    await clerk.open('/loans?status=LOST&sort_by=colour');
    const alert = page.getByRole('alert');
    await alert.getByText('The list does not know “status=LOST, sort_by=colour”.').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/must be one of|sort_by must/);
    await alert.getByRole('button', { name: 'Show the whole list' }).click();
    await page.getByRole('region', { name: 'Loans' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('that a network blocks a write, and sends it again under the same key', async () => {
    const keys: string[] = [];
    const watch = (request: Request): void => {
      const key = request.headers()['idempotency-key'];
      if (request.url().endsWith('/ledger/payments') && key !== undefined) keys.push(key);
    };
    page.on('request', watch);
    await openPayment();
    await page.getByLabel('Amount received').pressSequentially('7.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').pressSequentially('SILENT-1');
    await clerk.button('Take $7.00').and(page.locator(':enabled')).waitFor();
    await page.clock.install();
    // a dry run has no key
    const isWrite = (request: Request): boolean => request.headers()['idempotency-key'] !== undefined;
    await page.route('**/api/v1/ledger/payments', async (route) => {
      if (!isWrite(route.request())) await route.continue();
    });
    // the write must be sent, and its time limit begun, before the clock is moved
    await Promise.all([page.waitForRequest(isWrite), clerk.button('Take $7.00').click()]);
    await page.clock.fastForward(31_000);
    await page.getByText(/^It is unknown whether the change was saved/).waitFor();
    await page.unrouteAll();
    await clerk.button('Try again').click();
    await page.waitForURL((url) => url.pathname.endsWith('/ledger/accounts/3/3'));
    expect(await desk.call('/ledger/postings?source_id=SILENT-1')).toMatchObject({ total: 1 });
    page.off('request', watch);
    // the blocked request arrives too when the network lets it pass; while it runs, the other is sent once more
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
  });

  it('that a search has failed, and not that nothing matches', async () => {
    await clerk.open('/loans', clerk.title('Loans'));
    await page.route('**/api/v1/drivers?**', (route) => route.fulfill({ status: 500, body: 'down' }));
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search everything' }).fill('zzzz');
    await page.getByText('The search failed. Check your connection and try again.').waitFor();
    expect(await page.getByText('Nothing matches “zzzz”.').count()).toBe(0);
    await page.unrouteAll();
  });

  it('the complete text of a long change in the audit log', async () => {
    const purpose = `Transmission ${'and gearbox '.repeat(18)}at the end`;
    await desk.call('/loans/DL-2025-0004', { method: 'PATCH', body: { purpose } });
    await clerk.open('/audit', clerk.title('Audit log'));
    const change = page.getByText(purpose).and(page.locator(':visible')).first();
    await change.waitFor();
    const hidden = await change.evaluate((element: { scrollHeight: number; clientHeight: number }) => {
      return element.scrollHeight - element.clientHeight;
    });
    expect(hidden).toBeLessThanOrEqual(1);
  });
});

describe('on a phone', () => {
  it('the steps of a new loan have one line each', async () => {
    const clerk = await desk.openPage({ width: 390 });
    await clerk.signIn('finance', '/loans/new');
    await clerk.title('Create loan').waitFor();
    for (const name of ['Driver and lease', 'Terms', 'Review']) {
      const box = await clerk.page.getByText(name, { exact: true }).first().boundingBox();
      expect(box?.height).toBeLessThan(24);
    }
    const steps = await Promise.all(
      ['Driver and lease', 'Review'].map((name) =>
        clerk.page
          .getByRole('button', { name: new RegExp(name) })
          .first()
          .boundingBox(),
      ),
    );
    expect(steps[1]?.y).toBe(steps[0]?.y);
    expect(await overflowOf(clerk.page)).toBe(0);
    await clerk.close();
  });
});
