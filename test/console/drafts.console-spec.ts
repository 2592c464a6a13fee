import type { Page } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

jest.setTimeout(120_000);

const desk = TestedConsole.forAll();

let clerk: Clerk;
let page: Page;

beforeEach(async () => {
  clerk = await desk.openPage({ width: 1440 });
  page = clerk.page;
});

afterEach(() => clerk.close());

/** The next preview of the form is answered as if the session had ended. */
async function expireSessionAt(address: string, choose: () => Promise<unknown>): Promise<void> {
  await page.context().clearCookies();
  await page.route(`**${address}`, async (route) => {
    await route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer stale' } });
  });
  await choose();
  await page.getByText('Your session has ended').waitFor();
  await page.unrouteAll();
}

const reference = () => page.getByLabel('Receipt or reference number');

describe('the input of a payment', () => {
  const begin = async (account: string): Promise<void> => {
    await clerk.signIn('finance', `/ledger/accounts/${account}/pay`);
    await page.getByLabel('Amount received').waitFor();
    await page.keyboard.type('31.50');
    await page.getByLabel('Note (optional)').pressSequentially('Paid by his brother');
    await reference().pressSequentially('CHK-31');
    const method = page.getByLabel('Method');
    await expireSessionAt('/api/v1/ledger/payments', () => method.selectOption('Check'));
  };

  it('survives the end of the session when the same user signs in again, and can be sent', async () => {
    await begin('3/3');
    await clerk.enterPassword('finance');
    await clerk.title('Take a payment').waitFor();
    expect(await page.getByLabel('Amount received').inputValue()).toBe('31.50');
    expect(await page.getByLabel('Method').inputValue()).toBe('CHECK');
    expect(await page.getByLabel('Note (optional)').inputValue()).toBe('Paid by his brother');
    expect(await reference().inputValue()).toBe('CHK-31');
    await clerk.button('Take $31.50').click();
    await clerk.title(/^Account of/).waitFor();
    await page.getByRole('link', { name: 'Take a payment' }).click();
    expect(await page.getByLabel('Amount received').inputValue()).toBe('');
  });

  it('is kept when a menu entry is clicked, until it is discarded', async () => {
    await clerk.signIn('finance', '/ledger/accounts/3/3/pay');
    const amount = page.getByLabel('Amount received');
    await amount.pressSequentially('44.00');
    await page.getByRole('navigation', { name: 'Main menu' }).getByText('Loans').click();
    await clerk.title('Loans').waitFor();
    await clerk.open('/ledger/accounts/4/4/pay', page.getByRole('heading', { name: 'Take a payment' }));
    await amount.and(page.locator(':focus')).waitFor();
    expect(await amount.inputValue()).toBe('');
    await amount.pressSequentially('55.00');
    await page.goBack();
    await page.goBack();
    await page.getByText('This form has what you entered before.').waitFor();
    expect(await amount.inputValue()).toBe('44.00');
    await clerk.button('Discard it').click();
    expect(await amount.inputValue()).toBe('');
    await page.goForward();
    await clerk.title('Loans').waitFor();
    await page.goBack();
    await amount.waitFor();
    expect(await amount.inputValue()).toBe('');
    expect(await page.getByText('This form has what you entered before.').count()).toBe(0);
  });

  it('is neither shown to another user, nor on the account of another driver', async () => {
    await begin('4/4');
    await clerk.enterPassword('admin');
    await clerk.title('Take a payment').waitFor();
    expect(await page.getByLabel('Amount received').inputValue()).toBe('');
    await page.getByLabel('Amount received').pressSequentially('7');
    await clerk.open('/ledger/accounts/3/3/pay', page.getByRole('link', { name: /Marie-Ève Toussaint$/ }));
    expect(await page.getByLabel('Amount received').inputValue()).toBe('');
  });
});

describe('the input of a charge', () => {
  const dialog = () => page.getByRole('dialog', { name: 'Charge the driver' });

  it('survives the end of the session in its open dialog, and is deleted with the dialog', async () => {
    await clerk.signIn('finance', '/ledger/accounts/5/5');
    await clerk.button('Charge the driver').click();
    await dialog().getByLabel('Amount').waitFor();
    await page.keyboard.type('48.25');
    await dialog().getByLabel('Reference number').pressSequentially('SUM-48');
    const category = dialog().getByLabel('Category');
    await expireSessionAt('/api/v1/ledger/obligations', () => category.selectOption('Repairs'));
    await clerk.enterPassword('finance');
    await dialog().waitFor();
    expect(await dialog().getByLabel('Amount').inputValue()).toBe('48.25');
    expect(await dialog().getByLabel('Reference number').inputValue()).toBe('SUM-48');
    await dialog().getByRole('button', { name: 'Charge $48.25' }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await clerk.button('Charge the driver').click();
    expect(await dialog().getByLabel('Amount').inputValue()).toBe('');
  });

  it('is neither deleted by a click beside the dialog, nor when the page is left', async () => {
    await clerk.signIn('finance', '/ledger');
    await clerk.title('Ledger').waitFor();
    await clerk.open('/ledger/accounts/5/5', clerk.button('Charge the driver'));
    await clerk.button('Charge the driver').click();
    const amount = dialog().getByLabel('Amount');
    await amount.pressSequentially('17.00');
    const entry = await page.getByRole('navigation', { name: 'Main menu' }).getByText('Loans').boundingBox();
    await page.mouse.click(entry!.x + 5, entry!.y + 5);
    expect(await amount.inputValue()).toBe('17.00');
    await page.goBack();
    await clerk.title('Ledger').waitFor();
    await page.goForward();
    await dialog().getByText('This form has what you entered before.').waitFor();
    expect(await amount.inputValue()).toBe('17.00');
  });
});
