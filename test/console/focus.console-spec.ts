import type { Locator, Page } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { PASSWORD } from './support/console-server.js';
import { TestedConsole } from './support/tested-console.js';

jest.setTimeout(120_000);

const desk = TestedConsole.forAll();

let clerk: Clerk;
let page: Page;

/** Presses Enter on a control, as a user without a mouse does. */
async function enter(control: Locator): Promise<void> {
  await control.focus();
  await page.keyboard.press('Enter');
}

/** Waits until the element has the focus, or fails with the element that has it instead. */
async function expectFocusOn(element: Locator): Promise<void> {
  const focused = element.and(page.locator(':focus'));
  await focused.waitFor({ timeout: 5_000 }).catch(async () => {
    throw new Error(`The focus is on ${await page.evaluate<string>(FOCUSED)}`);
  });
}

const FOCUSED = 'document.activeElement.outerHTML.slice(0, 200)';

const field = (name: string) => page.getByRole('dialog').getByLabel(name);

const menuEntry = (name: string) => async () => {
  await enter(clerk.button('Actions'));
  const entry = page.getByRole('menuitem', { name, exact: true });
  await entry.waitFor();
  await enter(entry);
};

/** Dialogs that a button, an entry of a menu, and a request to the service open: the page, how to open it, and the opener. */
const DIALOGS = [
  ['a charge', '/ledger/accounts/9/9', 'Charge the driver', undefined],
  ['a new driver', '/drivers', 'Register driver', undefined],
  ['a driver', '/drivers/3', 'Edit driver', undefined],
  ['the posting of a week', '/posting', 'Post installments', undefined],
  ['a payoff', '/loans/DL-2025-0005', 'Actions', 'Pay off'],
  ['the text of a loan', '/loans/DL-2025-0005', 'Actions', 'Edit purpose and notes'],
] as const;

describe('the focus of the keyboard', () => {
  beforeAll(async () => {
    clerk = await desk.openPage({ width: 1440 });
    page = clerk.page;
  });

  afterAll(() => clerk.close());

  it('is on the first field of the sign-in, and then on the heading of the page', async () => {
    await page.goto(`${desk.url}/console/drivers`);
    await expectFocusOn(page.getByLabel('E-mail'));
    await page.keyboard.type('finance@demo.local');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await expectFocusOn(clerk.title('Drivers'));
  });

  it.each(DIALOGS)('returns to the control that opened the dialog: %s', async (_, address, button, entry) => {
    await clerk.open('/nowhere', clerk.title('Page not found'));
    await clerk.open(address, clerk.button(button));
    await (entry === undefined ? enter(clerk.button(button)) : menuEntry(entry)());
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expectFocusOn(clerk.button(button));
  });

  it('is on the heading of the page when the control that opened the dialog is gone', async () => {
    await clerk.open('/ledger/postings/LP-2025-000244', clerk.button('Void'));
    await enter(clerk.button('Void'));
    await expectFocusOn(field('Reason'));
    await page.keyboard.type('Wrong driver');
    await enter(page.getByRole('dialog').getByRole('button', { name: /^Void \$/ }));
    await clerk.button('Void').waitFor({ state: 'hidden' });
    await expectFocusOn(clerk.title('Posting LP-2025-000244'));
  });

  it('is on the heading of each page that a link of the previous page opens', async () => {
    await clerk.open('/loans', page.getByRole('region', { name: 'Loans' }));
    await enter(page.getByRole('link', { name: 'DL-2025-0005' }));
    await expectFocusOn(clerk.title('DL-2025-0005'));
  });

  it('is in the new step of a loan, and on its page when the loan is created', async () => {
    await clerk.open('/loans/new?driver_id=3', clerk.title('Create loan'));
    await page.getByRole('radio', { name: /2B90/ }).waitFor();
    await enter(clerk.button('Continue to the terms'));
    await expectFocusOn(page.getByLabel('Loan amount'));
    await page.keyboard.type('1500');
    await page.getByLabel('First payment week').selectOption('2025-11-09');
    await clerk.button('Review').and(page.locator(':enabled')).waitFor();
    await enter(clerk.button('Review'));
    await expectFocusOn(page.getByRole('heading', { level: 2, name: 'Review' }));
    await enter(clerk.button('Create loan'));
    await expectFocusOn(clerk.title(/^DL-2025-\d+$/));
  });

  it('stays in a dialog whose focused button disappears', async () => {
    await clerk.open('/posting', clerk.button('Post installments'));
    await enter(clerk.button('Post installments'));
    await enter(page.getByRole('dialog').getByRole('button', { name: 'Dry run' }));
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Post \d/ })
      .waitFor();
    await expectFocusOn(page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    await expectFocusOn(clerk.button('Post installments'));
  });
});
