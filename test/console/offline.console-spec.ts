import type { Page, Request } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const UNANSWERED =
  'It is unknown whether the change was saved. Nothing is sent again automatically. ' +
  'Check the connection and try again: a repeated request is applied only once.';

const NOT_SENT = 'The service does not answer. Check the connection and try again.';

const desk = TestedConsole.forAll();

const ask = <T>(path: string, body?: object): Promise<T> => desk.call<T>(path, { body });

interface Paid {
  readonly posting: { readonly posting_id: string };
}

const pay = (source_id: string): Promise<Paid> =>
  ask('/ledger/payments', {
    driver_id: 3,
    lease_id: 3,
    amount: '10.00',
    payment_period_start: '2025-11-02',
    source_type: 'CASH',
    source_id,
    method: 'CASH',
  });

describe('the console without network', () => {
  let clerk: Clerk;
  let page: Page;

  const goOffline = (isOffline: boolean): Promise<void> => page.context().setOffline(isOffline);

  /** Reconnects, and waits long enough for any queued request to be sent. */
  async function comeBack(): Promise<void> {
    await goOffline(false);
    await clerk.open('/loans', page.getByRole('region', { name: 'Loans' }));
    await page.waitForTimeout(1_500);
  }

  beforeAll(async () => {
    clerk = await desk.openPage({ width: 1440 });
    page = clerk.page;
    await clerk.signIn('finance');
  });

  afterAll(() => clerk.close());

  afterEach(() => goOffline(false));

  it('reports immediately that a hold failed, and does not send it after reconnecting', async () => {
    await clerk.open('/loans/DL-2025-0005', clerk.title('DL-2025-0005'));
    await clerk.button('Actions').click();
    await page.getByRole('menuitem', { name: 'Put on hold' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('On hold', { exact: true }).waitFor();
    await dialog.getByLabel('Reason').pressSequentially('Cab in the workshop');
    await goOffline(true);
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await dialog.getByText(UNANSWERED).waitFor({ timeout: 2_000 });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await comeBack();
    expect(await ask('/loans/DL-2025-0005')).toMatchObject({ status: 'ACTIVE' });
  });

  it('does not send a cancelled void after reconnecting', async () => {
    const { posting } = await pay('OFFLINE-VOID');
    await clerk.open(`/ledger/postings/${posting.posting_id}`, clerk.title(`Posting ${posting.posting_id}`));
    await clerk.button('Void').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').pressSequentially('Wrong driver');
    await dialog.getByRole('button', { name: 'Void $10.00' }).and(page.locator(':enabled')).waitFor();
    await goOffline(true);
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: 'Void $10.00' }).click();
    // the preview, which is checked before the void is sent, is asked for three times
    await dialog.getByText(NOT_SENT).waitFor({ timeout: 10_000 });
    await page.keyboard.press('Escape');
    await comeBack();
    expect(await ask(`/ledger/postings/${posting.posting_id}`)).toMatchObject({ status: 'POSTED' });
  });

  it('records a payment once that is sent twice under the same Idempotency-Key', async () => {
    const keys: string[] = [];
    const watch = (request: Request): void => {
      // a dry run has no key
      const key = request.headers()['idempotency-key'];
      if (request.url().endsWith('/ledger/payments') && key !== undefined) keys.push(key);
    };
    page.on('request', watch);
    await clerk.open('/ledger/accounts/3/3/pay', clerk.title('Take a payment'));
    await page.getByLabel('Amount received').pressSequentially('15.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').pressSequentially('OFFLINE-PAY');
    await clerk.button('Take $15.00').and(page.locator(':enabled')).waitFor();
    await page.route('**/ledger/payments', (route) =>
      'idempotency-key' in route.request().headers() ? route.abort() : route.continue(),
    );
    await clerk.button('Take $15.00').click();
    await page.getByText(UNANSWERED).waitFor();
    await page.unrouteAll();
    await page.waitForTimeout(1_500);
    expect(await ask('/ledger/postings?source_id=OFFLINE-PAY')).toMatchObject({ total: 0 });
    await clerk.button('Take $15.00').click();
    await page.waitForURL((url) => url.pathname.endsWith('/ledger/accounts/3/3'));
    expect(await ask('/ledger/postings?source_id=OFFLINE-PAY')).toMatchObject({ total: 1 });
    page.off('request', watch);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('shows no rows of the previous filter, and loads those of the new one after reconnecting', async () => {
    await clerk.open('/loans', page.getByRole('region', { name: 'Loans' }));
    await page.getByRole('link', { name: 'DL-2025-0005' }).waitFor();
    await goOffline(true);
    await page.getByLabel('Status').selectOption('CANCELLED');
    await page.getByLabel('Loading…').waitFor();
    expect(await page.getByRole('link', { name: /^DL-/ }).count()).toBe(0);
    await page.getByText('The service does not answer.').waitFor();
    await goOffline(false);
    await page.getByText(/^Nothing matches these filters|^1–/).waitFor();
    const { items } = await ask<{ items: { loan_id: string }[] }>('/loans?status=CANCELLED');
    expect(await page.getByRole('link', { name: /^DL-/ }).allInnerTexts()).toEqual(
      items.map(({ loan_id }) => loan_id),
    );
  });

  it('keeps a dialog open during its write, because closing it would cancel nothing', async () => {
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await clerk.open('/loans/DL-2025-0005', clerk.title('DL-2025-0005'));
    await clerk.button('Actions').click();
    await page.getByRole('menuitem', { name: 'Edit purpose and notes' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Notes').pressSequentially(' Slow');
    await page.route('**/api/v1/loans/DL-2025-0005', async (route) => {
      if (route.request().method() === 'PATCH') await held;
      await route.continue();
    });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.keyboard.press('Escape');
    expect(await dialog.getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);
    expect(await dialog.isVisible()).toBe(true);
    answer();
    await dialog.waitFor({ state: 'hidden' });
    await page.unrouteAll();
  });

  it('reports that signing out failed', async () => {
    await clerk.open('/loans', page.getByRole('region', { name: 'Loans' }));
    await goOffline(true);
    await clerk.button(/^Your account/).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('alert').filter({ hasText: 'The service does not answer.' }).waitFor();
    await goOffline(false);
    await clerk.title('Loans').waitFor();
  });
});
