import type { Page } from 'playwright-core';
import { overflowOf, SIGHTS, violationsOf } from './support/accessibility.js';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

jest.setTimeout(180_000);

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();

const act = (name: string) => async (page: Page) => {
  await press('Actions')(page);
  await page.getByRole('menuitem', { name, exact: true }).click();
};

const dialog = (page: Page) => page.getByRole('dialog');
const menu = (page: Page) => page.getByRole('menu');

/** Is written off before the tests: only then a recovery can be recorded */
const WRITTEN_OFF = 'DL-2025-0008';

/** What opens over a page: where, how, and what then stands there. Nothing of it is confirmed. */
const OPENED = [
  ['the actions of a loan', '/loans/DL-2025-0005', press('Actions'), menu],
  ['putting on hold', '/loans/DL-2025-0005', act('Put on hold'), dialog],
  ['paying off', '/loans/DL-2025-0005', act('Pay off'), dialog],
  ['writing off', '/loans/DL-2025-0005', act('Write off'), dialog],
  ['editing', '/loans/DL-2025-0005', act('Edit purpose and notes'), dialog],
  ['resuming', '/loans/DL-2025-0006', act('Resume'), dialog],
  ['approving', '/loans/DL-2025-0011', act('Approve'), dialog],
  ['cancelling', '/loans/DL-2025-0012', act('Cancel loan'), dialog],
  ['posting', '/posting', press('Post installments'), dialog],
  ['opening an account', '/ledger', press('Open an account'), dialog],
  ['disputing', '/ledger/balances/LB-2025-000132', press('Dispute'), dialog],
  ['voiding', '/ledger/postings/LP-2025-000244', press('Void'), dialog],
  ['recording a recovery', `/loans/${WRITTEN_OFF}`, act('Record recovery'), dialog],
  ['applying credits', '/ledger/credits?driver_id=4', press('Apply credits'), dialog],
  ['refunding', '/ledger/credits?driver_id=4', press('Refund'), dialog],
  ['charging a driver', '/ledger/accounts/9/9', press('Charge the driver'), dialog],
  ['changing a driver', '/drivers/3', press('Edit driver'), dialog],
  ['changing a lease', '/leases/3', press('Change lease'), dialog],
  ['registering a driver', '/drivers', press('Register driver'), dialog],
  ['signing a lease', '/leases', press('Sign lease'), dialog],
  ['adding a user', '/users', press('Add user'), dialog],
  ['the kinds of export', '/loans', press('Export'), menu],
  [
    'the drivers to choose from',
    '/loans/new',
    (page: Page) => page.getByLabel('Driver').and(page.locator('input')).click(),
    (page: Page) => page.getByRole('listbox', { name: 'Driver' }),
  ],
  [
    'the search',
    '/loans',
    async (page: Page) => {
      await page.keyboard.press('/');
      await page.getByRole('combobox', { name: 'Search everything' }).fill('5X41');
    },
    (page: Page) => page.getByRole('option', { name: /LS-5X41/ }),
  ],
  [
    'one’s own menu',
    '/loans',
    (page: Page) => page.getByRole('button', { name: /^Your account/ }).click(),
    menu,
  ],
] as const;

const desk = TestedConsole.forAll();

beforeAll(async () => {
  const body = { reason: 'Driver left the country' };
  await desk.call(`/loans/${WRITTEN_OFF}/write-off`, { user: 'admin', body });
});

describe.each(SIGHTS)('at $width pixels and in $colorScheme', (sight) => {
  let clerk: Clerk;

  beforeAll(async () => {
    clerk = await desk.sitDown(sight);
    await clerk.signIn('admin');
  });

  afterAll(() => clerk.leave());

  it.each(OPENED)(
    '%s has no violation of WCAG 2.2 AA, nothing wider than the screen, and closes by Escape',
    async (_, address, open, opened) => {
      const { page } = clerk;
      await clerk.open('/nowhere', clerk.title('There is nothing at this address'));
      await clerk.open(address);
      await open(page);
      await opened(page).waitFor();
      await page.getByLabel('Loading…').first().waitFor({ state: 'hidden' });
      expect(await violationsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      await page.keyboard.press('Escape');
      await opened(page).waitFor({ state: 'hidden' });
    },
  );

  it('a notice of what was done has no violation of WCAG 2.2 AA, and is closed by a button with a name', async () => {
    const { page } = clerk;
    await clerk.open('/loans', clerk.title('Loans'));
    await press('Export')(page);
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    const notice = page.getByRole('alert').filter({ hasText: /^ExportSaved / });
    await notice.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'hidden' });
  });

  it('left the browser nothing to complain of, and no request left the machine', () => {
    expect(clerk.complaints).toEqual([]);
  });
});
