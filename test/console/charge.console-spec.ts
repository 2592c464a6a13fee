import type { Page } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();

interface Postings {
  readonly total: number;
  readonly items: { readonly posting_id: string }[];
}

const charges = (reference: string): Promise<Postings> =>
  desk.call(`/ledger/postings?source_type=SUMMONS&source_id=${reference}`);

describe.each([1440, 390] as const)('charging a driver on a screen %i pixels wide', (width) => {
  let clerk: Clerk;
  let page: Page;
  const reference = `8893021${width}`;
  const dialog = () => page.getByRole('dialog', { name: 'Charge the driver' });

  beforeAll(async () => {
    clerk = await desk.openPage({ width });
    page = clerk.page;
    await clerk.signIn('finance');
  });

  afterAll(() => clerk.close());

  it('shows what will be owed, and writes nothing before confirmation', async () => {
    await clerk.open('/ledger/accounts/9/9', clerk.title(/^Account of/));
    await clerk.button('Charge the driver').click();
    await dialog().getByLabel('Amount').waitFor();
    // the amount has the focus
    await page.keyboard.type('65,00');
    await dialog().getByText('Enter an amount such as 1,250.00').waitFor();
    expect(
      await dialog()
        .getByRole('button', { name: /^Charge \$/ })
        .isDisabled(),
    ).toBe(true);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('65.00');
    expect(await dialog().getByLabel('Category').inputValue()).toBe('');
    await dialog().getByText('Still missing: Category, Reference number').waitFor();
    await dialog().getByLabel('Category').focus();
    await page.keyboard.type('Parking');
    await dialog().getByText('Still missing: Reference number').waitFor();
    await dialog().getByLabel('Payment week').selectOption('2025-10-26');
    expect(await dialog().getByLabel('Due').inputValue()).toBe('2025-11-01');
    await dialog().getByLabel('Due').focus();
    await page.keyboard.type('11152025');
    await dialog().getByLabel('Reference number').pressSequentially(reference);
    await dialog().getByLabel('Note (optional)').pressSequentially('Fire hydrant');
    await dialog().getByText('Owed after credits').waitFor();
    await dialog().getByRole('button', { name: 'Charge $65.00' }).and(page.locator(':enabled')).waitFor();
    expect(await charges(reference)).toMatchObject({ total: 0 });
  });

  it('creates one charge, however often the button is pressed', async () => {
    await dialog().getByRole('button', { name: 'Charge $65.00' }).dblclick();
    await dialog().waitFor({ state: 'hidden' });
    const { total, items } = await charges(reference);
    expect(total).toBe(1);
    const { balances } = await desk.call<{ balances: object[] }>('/ledger/balances/driver/9/lease/9');
    expect(balances).toContainEqual(
      expect.objectContaining({
        posting_id: items[0]!.posting_id,
        category: 'PVB',
        original_amount: '65.00',
        reference_id: reference,
        payment_period_start: '2025-10-26',
        due_date: '2025-11-15',
        description: 'Fire hydrant',
      }),
    );
    await page
      .getByRole('row', { name: /Fire hydrant|Parking violations/ })
      .first()
      .waitFor();
  });

  it('explains why the same ticket cannot be charged twice', async () => {
    await clerk.button('Charge the driver').click();
    await dialog().getByLabel('Amount').waitFor();
    await page.keyboard.type('65');
    await dialog().getByLabel('Category').selectOption('Parking violations');
    await dialog().getByLabel('Reference number').pressSequentially(reference);
    await dialog()
      .getByText(new RegExp(`^Summons ${reference} is already in the ledger`))
      .waitFor();
    const field = dialog().getByLabel('Reference number');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await dialog().getByRole('button', { name: 'Charge $65.00' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
  });
});

describe('the account page of a manager', () => {
  it('offers no button to charge a driver', async () => {
    const clerk = await desk.openPage({ width: 1440 });
    await clerk.signIn('manager', '/ledger/accounts/9/9');
    await clerk.title(/^Account of/).waitFor();
    expect(await clerk.button('Charge the driver').count()).toBe(0);
    await clerk.close();
  });
});
