import type { Locator, Page } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';
import { waitFor } from '../support/wait-for.js';

const desk = TestedConsole.forAll();

let clerk: Clerk;
let page: Page;

beforeAll(async () => {
  clerk = await desk.openPage({ width: 1440 });
  page = clerk.page;
  await clerk.signIn('admin');
});

afterAll(() => clerk.close());

/** A scanner types the number and Enter at once. */
async function scan(license: string): Promise<void> {
  await page.keyboard.type(license);
  await page.keyboard.press('Enter');
}

const untilShown = (field: Locator, text: string): Promise<unknown> =>
  waitFor(`the field has "${text}"`, async () => ((await field.inputValue()) === text ? true : null));

const inAddress = (name: string): string | null => new URL(page.url()).searchParams.get(name);

describe.each(['/loans/new', '/loans/new?driver_id=4'])('the driver of a new loan (%s)', (address) => {
  const field = (): Locator => page.getByRole('combobox', { name: 'Driver' });
  const next = (): Locator => clerk.button('Continue to the terms');

  beforeEach(async () => {
    await page.evaluate('sessionStorage.clear()');
    await clerk.open('/nowhere', clerk.title('Page not found'));
    await clerk.open(address, clerk.title('Create loan'));
    await field().focus();
    await page.keyboard.press('End');
    await scan('5045678');
    await untilShown(field(), 'Gurpreet Singh · 5045678');
    await page.getByRole('radio', { name: /8K13/, checked: true }).waitFor();
  });

  it('is replaced by the next scan, with the lease', async () => {
    await scan('5034567');
    await untilShown(field(), 'Marie-Ève Toussaint · 5034567');
    await page.getByRole('radio', { name: /2B90/, checked: true }).waitFor();
    expect(await page.getByRole('radio').count()).toBe(1);
    expect(await next().isEnabled()).toBe(true);
  });

  it('is empty after a scan that finds no one', async () => {
    await scan('5999999');
    await page.getByText('Nothing matches “5999999”').waitFor();
    expect(await field().inputValue()).toBe('5999999');
    expect(await page.getByRole('radio').count()).toBe(0);
    expect(await next().isDisabled()).toBe(true);
    await page.keyboard.press('Tab');
    await untilShown(field(), '');
    expect(await next().isDisabled()).toBe(true);
  });

  it.each([
    ['a typed letter', 'x', 'x'],
    ['Backspace', 'Backspace', ''],
  ])('is cleared by %s, with the lease', async (_name, key, left) => {
    await page.keyboard.press(key);
    expect(await field().inputValue()).toBe(left);
    expect(await page.getByRole('radio').count()).toBe(0);
    expect(await next().isDisabled()).toBe(true);
  });
});

describe('a filter', () => {
  it('by driver follows the second scan, and is off while the user types', async () => {
    await clerk.open('/ledger/postings', page.getByRole('region', { name: 'Postings' }));
    await page.getByRole('combobox', { name: 'Driver' }).focus();
    await scan('5045678');
    await page.waitForURL((url) => url.searchParams.get('driver_id') === '4');
    await untilShown(page.getByRole('combobox', { name: 'Driver' }), 'Gurpreet Singh · 5045678');
    await scan('5034567');
    await page.waitForURL((url) => url.searchParams.get('driver_id') === '3');
    await page.keyboard.type('zzz');
    await page.waitForURL((url) => !url.searchParams.has('driver_id'));
  });

  it('by loan is replaced by what is typed after it', async () => {
    await clerk.open('/posting', clerk.title('Weekly posting'));
    const loan = page.getByRole('combobox', { name: 'Loan', exact: true });
    await loan.focus();
    await scan('DL-2025-0002');
    await page.waitForURL((url) => url.searchParams.get('loan_id') === 'DL-2025-0002');
    await waitFor(
      'the loan is shown',
      async () => (await loan.inputValue()).startsWith('DL-2025-0002') || null,
    );
    await scan('DL-2025-0001');
    await page.waitForURL((url) => url.searchParams.get('loan_id') === 'DL-2025-0001');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await untilShown(loan, '');
    expect(inAddress('loan_id')).toBeNull();
  });
});
