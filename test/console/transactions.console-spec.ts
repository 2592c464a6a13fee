import type { Locator } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const LOAN = 'DL-2025-0005';
const LEDGER = `/loans/${LOAN}?tab=ledger`;

const desk = TestedConsole.forAll();
let clerk: Clerk;

/** Asks the API directly. With a body, it sends a POST. */
const ask = <T>(path: string, body?: object): Promise<T> => desk.call<T>(path, { body });

interface Transactions {
  readonly balance: string;
  readonly total: number;
}

const transactions = (): Promise<Transactions> => ask(`/loans/${LOAN}/transactions`);

describe.each([1440, 390] as const)('the ledger of a loan on a screen %i pixels wide', (width) => {
  const why = `Counted twice, ${width}`;
  let payment: string;
  let before: Transactions;
  let rows: Locator;

  beforeAll(async () => {
    before = await transactions();
    const { driver_id, lease_id } = await ask<{ driver_id: number; lease_id: number }>(`/loans/${LOAN}`);
    const paid = await ask<{ posting: { posting_id: string } }>('/ledger/payments', {
      driver_id,
      lease_id,
      amount: '100.00',
      payment_period_start: '2025-11-02',
      source_type: 'CASH',
      source_id: `LEDGER-${width}`,
    });
    payment = paid.posting.posting_id;
    clerk = await desk.openPage({ width });
    await clerk.signIn('finance');
    rows = clerk.page.getByRole('region', { name: 'Transactions' }).getByRole('row');
  });

  afterAll(() => clerk.close());

  it('shows a payment with its posting and the balance after it', async () => {
    await clerk.open(LEDGER, rows.first());
    const row = rows.filter({ hasText: payment });
    expect(await row.innerText()).toMatch(/Payment[\s\S]*100\.00/);
    expect(await row.innerText()).not.toContain('Voided');
    await row.getByRole('link', { name: payment }).click();
    await clerk.title(`Posting ${payment}`).waitFor();
  });

  it('previews what a void makes due again, before it writes anything', async () => {
    await clerk.button('Void').click();
    const dialog = clerk.page.getByRole('dialog');
    const preview = dialog.getByRole('region', { name: 'Preview' });
    await preview.getByText(`A debit of $100.00 reverses ${payment}.`).waitFor();
    const [line] = await preview.getByRole('row').filter({ hasText: LOAN }).allInnerTexts();
    expect(line).toContain('100.00');
    await preview.getByRole('columnheader', { name: 'Owed again' }).waitFor();
    expect(await ask(`/ledger/postings/${payment}`)).toMatchObject({ status: 'POSTED' });
    expect((await transactions()).total).toBe(before.total + 1);
    const reason = dialog.getByLabel('Reason');
    expect(await dialog.locator('textarea:focus').count()).toBe(1);
    await reason.fill(why);
    await dialog.getByRole('button', { name: 'Void $100.00' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await transactions()).toMatchObject({ total: before.total + 2, balance: before.balance });
  });

  it('shows the voided payment and its void with the reason', async () => {
    await clerk.open(LEDGER, rows.filter({ hasText: why }).last());
    const [paid, voided] = await rows.filter({ hasText: payment }).allInnerTexts();
    expect(paid).toContain('Voided');
    expect(voided).toMatch(/Payment voided/);
    expect(voided).toContain(why);
    const total = await rows.last().innerText();
    expect(total.replace(/,/g, '')).toContain(before.balance);
  });

  it('shows a balance for each posted installment, with the same total', async () => {
    const balances = clerk.page.getByRole('region', { name: 'Balances' }).getByRole('row');
    expect((await balances.last().innerText()).replace(/,/g, '')).toContain(before.balance);
  });

  it('logs no browser error and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([]);
  });
});

describe('the approval of a draft loan', () => {
  it('records an optional reason', async () => {
    const { items } = await ask<{ items: { loan_id: string }[] }>('/loans?status=DRAFT');
    const draft = items[0]!.loan_id;
    clerk = await desk.openPage({ width: 1440 });
    await clerk.signIn('admin', `/loans/${draft}`);
    await clerk.button('Actions').click();
    await clerk.page.getByRole('menuitem', { name: 'Approve' }).click();
    const dialog = clerk.page.getByRole('dialog');
    await dialog.getByText('Active', { exact: true }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Approve loan' }).isEnabled()).toBe(true);
    await dialog.getByLabel('Reason (optional)').fill('Income proved');
    await dialog.getByRole('button', { name: 'Approve loan' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const history = await ask<{ items: object[] }>(`/loans/${draft}/history`);
    expect(history.items).toContainEqual(expect.objectContaining({ to: 'ACTIVE', reason: 'Income proved' }));
    await clerk.close();
  });
});
