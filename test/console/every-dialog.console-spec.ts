import type { Page } from 'playwright-core';
import { overflowOf, SCREENS, violationsOf } from './support/accessibility.js';
import type { Clerk } from './support/clerk.js';
import { settle } from './support/earnings.js';
import { TestedConsole } from './support/tested-console.js';

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();

const loanAction = (name: string) => async (page: Page) => {
  await press('Actions')(page);
  await page.getByRole('menuitem', { name, exact: true }).click();
};

const dialog = (page: Page) => page.getByRole('dialog');
const menu = (page: Page) => page.getByRole('menu');

/** Written off before the tests: only then can a recovery be recorded */
const WRITTEN_OFF = 'DL-2025-0008';

/** What opens over a page: its name, the page, how to open it, and the element that appears. Nothing is confirmed. */
const OPENED = [
  ['the loan actions', '/loans/DL-2025-0005', press('Actions'), menu],
  ['the hold', '/loans/DL-2025-0005', loanAction('Put on hold'), dialog],
  ['the payoff', '/loans/DL-2025-0005', loanAction('Pay off'), dialog],
  ['the write-off', '/loans/DL-2025-0005', loanAction('Write off'), dialog],
  ['the loan editor', '/loans/DL-2025-0005', loanAction('Edit purpose and notes'), dialog],
  ['the resume', '/loans/DL-2025-0006', loanAction('Resume'), dialog],
  ['the approval', '/loans/DL-2025-0011', loanAction('Approve'), dialog],
  ['the cancellation', '/loans/DL-2025-0012', loanAction('Cancel loan'), dialog],
  ['the posting of a week', '/posting', press('Post installments'), dialog],
  ['the void of a settlement', '/settlement/SR-2025-000001', press('Void'), dialog],
  ['the account selection', '/ledger', press('Open an account'), dialog],
  ['the dispute', '/ledger/balances/LB-2025-000132', press('Dispute'), dialog],
  ['the void', '/ledger/postings/LP-2025-000244', press('Void'), dialog],
  ['the recovery', `/loans/${WRITTEN_OFF}`, loanAction('Record recovery'), dialog],
  ['the application of credits', '/ledger/credits?driver_id=4', press('Apply credits'), dialog],
  ['the refund', '/ledger/credits?driver_id=4', press('Refund'), dialog],
  ['the charge', '/ledger/accounts/9/9', press('Charge the driver'), dialog],
  ['the driver editor', '/drivers/3', press('Edit driver'), dialog],
  ['the lease editor', '/leases/3', press('Edit lease'), dialog],
  ['the driver registration', '/drivers', press('Register driver'), dialog],
  ['the lease creation', '/leases', press('Create lease'), dialog],
  ['the user creation', '/users', press('Add user'), dialog],
  ['the export formats', '/loans', press('Export'), menu],
  [
    'the driver options',
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
    'the user menu',
    '/loans',
    (page: Page) => page.getByRole('button', { name: /^Your account/ }).click(),
    menu,
  ],
] as const;

const desk = TestedConsole.forAll();

beforeAll(async () => {
  const body = { reason: 'Driver left the country' };
  await desk.call(`/loans/${WRITTEN_OFF}/write-off`, { user: 'admin', body });
  await settle(desk, 'dialog');
});

describe.each(SCREENS)('a dialog or menu at $width pixels in $colorScheme', (screen) => {
  let clerk: Clerk;

  beforeAll(async () => {
    clerk = await desk.openPage(screen);
    await clerk.signIn('admin');
  });

  afterAll(() => clerk.close());

  it.each(OPENED)(
    'has no WCAG 2.2 AA violation, fits the screen and closes with Escape: %s',
    async (_, address, open, opened) => {
      const { page } = clerk;
      await clerk.open('/nowhere', clerk.title('Page not found'));
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

  it('has no WCAG 2.2 AA violation in a notification, which a named button closes', async () => {
    const { page } = clerk;
    await clerk.open('/loans', clerk.title('Loans'));
    await press('Export')(page);
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    const notice = page.getByRole('alert').filter({ hasText: /^ExportSaved / });
    await notice.waitFor();
    // it does not close while the mouse is over it
    await notice.hover();
    expect(await violationsOf(page)).toEqual([]);
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'hidden' });
  });

  it('logs no browser error and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([]);
  });
});
