import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { overflowOf, sidewaysTablesOf, violationsOf } from './support/accessibility.js';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

jest.setTimeout(120_000);

const desk = TestedConsole.forAll();

describe.each([1440, 390] as const)('after a payment on a screen %i pixels wide', (width) => {
  let clerk: Clerk;
  let page: Page;
  let postingId = '';

  beforeAll(async () => {
    clerk = await desk.openPage({ width });
    page = clerk.page;
    await clerk.signIn('finance');
  });

  afterAll(() => clerk.close());

  const notice = () => page.getByRole('alert').filter({ hasText: 'is recorded as LP-' });

  async function pay(reference: string): Promise<void> {
    await clerk.open('/ledger/accounts/3/3/pay', clerk.title('Take a payment'));
    await page.getByLabel('Amount received').pressSequentially('12.00');
    await page.getByLabel('Method').selectOption('Cash');
    await page.getByLabel('Receipt or reference number').pressSequentially(reference);
    await clerk.button('Take $12.00').click();
    await notice().waitFor();
    // it does not close while the mouse is over it
    await notice().hover();
    postingId = /LP-\d{4}-\d+/.exec(await notice().innerText())?.[0] ?? '';
  }

  async function savedFile(press: () => Promise<void>): Promise<{ name: string; start: string }> {
    const [saved] = await Promise.all([page.waitForEvent('download'), press()]);
    const content = await readFile(await saved.path());
    return { name: saved.suggestedFilename(), start: content.subarray(0, 5).toString() };
  }

  it('the message downloads the receipt and leads to the payment, which has it too', async () => {
    await pay(`NOTICE-${width}`);
    expect(await violationsOf(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    const receipt = { name: `receipt-${postingId}.pdf`, start: '%PDF-' };
    expect(await savedFile(() => notice().getByRole('button', { name: 'Receipt (PDF)' }).click())).toEqual(
      receipt,
    );
    await notice().getByRole('link', { name: 'Payment' }).click();
    await clerk.title(`Posting ${postingId}`).waitFor();
    await notice().waitFor({ state: 'hidden' });
    const onPage = page.locator('main').getByRole('button', { name: 'Receipt (PDF)' });
    expect(await savedFile(() => onPage.click())).toEqual(receipt);
  });

  it('the message leads to the statement of its week, whose tables fit the screen', async () => {
    await pay(`A-RATHER-LONG-REFERENCE-${width}`);
    await notice().getByRole('link', { name: 'Statement' }).click();
    const statement = page.getByRole('region', { name: 'Statement of the week' });
    await statement.waitFor();
    await page.getByText(`A-RATHER-LONG-REFERENCE-${width}`).waitFor();
    expect(await sidewaysTablesOf(page)).toEqual([]);
    const text = await statement.innerText();
    for (const label of ['Payments', 'Balance forward']) expect(text).toContain(label);
    expect(await violationsOf(page)).toEqual([]);
  });

  it('only money that came in has a receipt', async () => {
    await clerk.open('/ledger/postings/LP-2025-000001', clerk.title('Posting LP-2025-000001'));
    await page.getByText('Charge', { exact: true }).waitFor();
    expect(await page.locator('main').getByRole('button', { name: 'Receipt (PDF)' }).count()).toBe(0);
  });
});
