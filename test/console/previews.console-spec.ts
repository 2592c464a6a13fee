import type { Locator, Page } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

jest.setTimeout(120_000);

const CHANGED = /^What you confirm has changed since the preview was shown\. Nothing was saved\./;

const desk = TestedConsole.forAll();

const WEEK = { payment_period_start: '2025-11-02' };

const total = (path: string): Promise<{ total: number }> => desk.call(path);

describe('a preview that another user overtakes', () => {
  let clerk: Clerk;
  let page: Page;

  beforeAll(async () => {
    clerk = await desk.openPage({ width: 1440 });
    page = clerk.page;
    await clerk.signIn('finance');
  });

  afterAll(() => clerk.close());

  const press = async (button: Locator): Promise<void> => {
    await button.and(page.locator(':enabled')).waitFor();
    await button.focus();
    await page.keyboard.press('Enter');
  };

  it('is not recorded for a payment: the new allocation is shown, and can be confirmed', async () => {
    await clerk.open('/ledger/accounts/9/9/pay', clerk.title('Take a payment'));
    await page.getByLabel('Amount received').pressSequentially('25.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').pressSequentially('OVERTAKEN-1');
    const take = clerk.button('Take $25.00');
    await take.and(page.locator(':enabled')).waitFor();
    const tax = { category: 'TAXES', amount: '40.00', reference_type: 'TAX', reference_id: 'MEANWHILE-1' };
    await desk.call('/ledger/obligations', { body: { driver_id: 9, lease_id: 9, ...WEEK, ...tax } });
    await press(take);
    await page.getByRole('alert').getByText(CHANGED).waitFor();
    await page.getByRole('row', { name: /MEANWHILE-1/ }).waitFor();
    expect(await total('/ledger/postings?source_id=OVERTAKEN-1')).toMatchObject({ total: 0 });
    await press(take);
    await clerk.title(/^Account of/).waitFor();
    expect(await total('/ledger/postings?source_id=OVERTAKEN-1')).toMatchObject({ total: 1 });
  });

  it('is not recorded for a refund: the new credit is shown, and can be confirmed', async () => {
    const pay = (amount: string, source_id: string): Promise<unknown> =>
      desk.call('/ledger/payments', {
        body: { driver_id: 4, lease_id: 4, ...WEEK, amount, source_type: 'CASH', source_id, method: 'CASH' },
      });
    await pay('900.00', 'CREDIT-1');
    await clerk.open('/ledger/credits?driver_id=4', clerk.title('Credits'));
    await press(clerk.button('Refund'));
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Amount').pressSequentially('30.00');
    await dialog.getByLabel('Method').selectOption('Cash');
    await dialog.getByLabel('Receipt or reference number').pressSequentially('OVERTAKEN-2');
    await dialog.getByLabel('Reason').pressSequentially('Driver leaves the fleet');
    const refund = dialog.getByRole('button', { name: 'Refund $30.00' });
    await refund.and(page.locator(':enabled')).waitFor();
    await pay('10.00', 'CREDIT-2');
    await press(refund);
    await dialog.getByRole('alert').getByText(CHANGED).waitFor();
    expect(await total('/ledger/postings?source_id=OVERTAKEN-2')).toMatchObject({ total: 0 });
    await press(refund);
    await dialog.waitFor({ state: 'hidden' });
    expect(await total('/ledger/postings?source_id=OVERTAKEN-2')).toMatchObject({ total: 1 });
  });
});
