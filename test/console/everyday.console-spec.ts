import type { Page } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

/** A time zone other than the default, and an unusual rate */
const desk = TestedConsole.forAll({ APP_TIMEZONE: 'America/Chicago', LOAN_DEFAULT_INTEREST_RATE: '8.00' });

let clerk: Clerk;
let page: Page;

beforeEach(async () => {
  clerk = await desk.openPage({ width: 1440 });
  page = clerk.page;
});

afterEach(() => clerk.close());

/** The draft in the session storage */
const storedDraft = (): Promise<string | null> =>
  page.evaluate<string | null>(`sessionStorage.getItem('driver-loans.draft')`);

describe('a list page', () => {
  it.each(['/loans', '/drivers', '/ledger/postings', '/audit'])(
    'shows the last page of %s when the URL names a page beyond it',
    async (address) => {
      await clerk.signIn('admin', `${address}?page=99`);
      const range = page.getByText(/^\d+–\d+ of \d+$/);
      await range.waitFor();
      expect(await range.innerText()).toMatch(/^(\d+)–(\d+) of \2$/);
      expect(new URL(page.url()).searchParams.get('page')).not.toBe('99');
    },
  );

  it('stays on its page when it is empty', async () => {
    await clerk.signIn('finance', '/loans?page=99&q=nomatch');
    await page.getByText('Nothing matches these filters.').waitFor();
  });

  it.each([
    ['Ctrl', 'left', ['Control']],
    ['Cmd', 'left', ['Meta']],
    ['the middle button', 'middle', []],
  ] as const)('opens a row in a new tab with %s, and stays on its own page', async (_, button, modifiers) => {
    await clerk.signIn('finance', '/loans');
    const cell = page
      .getByRole('row', { name: /DL-2025-0005/ })
      .getByRole('cell')
      .last();
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      cell.click({ button, modifiers: [...modifiers] }),
    ]);
    await tab.getByRole('heading', { level: 1, name: 'DL-2025-0005' }).waitFor();
    expect(page.url()).toMatch(/\/loans$/);
    await cell.click();
    await clerk.title('DL-2025-0005').waitFor();
  });
});

describe('the draft of a new loan', () => {
  const begin = async (): Promise<void> => {
    await clerk.signIn('finance', '/loans/new?driver_id=3');
    await page.getByRole('radio', { name: /2B90/ }).waitFor();
    await clerk.button('Continue to the terms').click();
    await page.keyboard.type('600');
    await page.getByLabel('Purpose').pressSequentially('New tyres');
  };

  const expireSession = async (): Promise<void> => {
    await page.context().clearCookies();
    await page.route('**/api/v1/loans/preview', async (route) => {
      await route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer stale' } });
    });
    await page.getByLabel('First payment week').selectOption('2025-11-02');
    await page.getByText('Your session has ended').waitFor();
    await page.unrouteAll();
  };

  it('shows the default interest rate, and the loan gets it', async () => {
    await begin();
    const rate = page.getByLabel('Interest rate');
    expect(await rate.getAttribute('placeholder')).toBe('8.00');
    await page.getByText('At most 20% a year. Empty: 8%').waitFor();
    await page.getByLabel('First payment week').selectOption('2025-11-02');
    await clerk.button('Review').click();
    await page.getByText('8%', { exact: true }).waitFor();
  });

  it('survives the end of the session when the same user signs in again', async () => {
    await begin();
    await expireSession();
    await page.reload();
    await clerk.enterPassword('finance');
    await clerk.title('Create loan').waitFor();
    expect(await page.getByLabel('Loan amount').inputValue()).toBe('600');
    expect(await page.getByLabel('Purpose').inputValue()).toBe('New tyres');
    await clerk.button('Review').click();
    await clerk.button('Create loan').click();
    await clerk.title(/^DL-2025-\d+$/).waitFor();
    expect(await storedDraft()).toBeNull();
  });

  it('contains no secret, and is kept when its page is left, until it is discarded', async () => {
    await begin();
    expect(await storedDraft()).toContain('New tyres');
    expect(await storedDraft()).not.toMatch(/token|eyJ|password/);
    await page.getByRole('navigation', { name: 'Main menu' }).getByText('Loans').click();
    await page.getByRole('link', { name: 'Create loan' }).click();
    await page.getByText('This form has what you entered before.').waitFor();
    expect(await page.getByLabel('Purpose').inputValue()).toBe('New tyres');
    await clerk.button('Discard it').click();
    await page.getByLabel('Driver').and(page.locator('input')).waitFor();
    expect(await storedDraft()).toBeNull();
  });

  it('is deleted when its user signs out, also on another page', async () => {
    await begin();
    await clerk.open('/loans', clerk.title('Loans'));
    expect(await storedDraft()).toContain('New tyres');
    await clerk.button(/^Your account/).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').waitFor();
    expect(await storedDraft()).toBeNull();
  });

  it('is neither shown to another user who signs in next, nor kept', async () => {
    await begin();
    await expireSession();
    await clerk.enterPassword('admin');
    await clerk.title('Create loan').waitFor();
    await page.getByRole('radio', { name: /2B90/ }).waitFor();
    await clerk.button('Continue to the terms').click();
    expect(await page.getByLabel('Loan amount').inputValue()).toBe('');
    expect(await storedDraft()).not.toContain('New tyres');
  });

  it('is deleted when another user signs in and opens another page', async () => {
    await begin();
    await expireSession();
    await page.goto(`${desk.url}/console/loans`);
    await clerk.enterPassword('admin');
    await page.getByRole('region', { name: 'Loans' }).waitFor();
    expect(await storedDraft()).toBeNull();
  });
});

describe('a page of the console', () => {
  it('shows times in the time zone of the fleet, and names the zone', async () => {
    const { items } = await desk.call<{ items: { at: string }[] }>('/audit?page_size=1', { user: 'admin' });
    const inChicago = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/Chicago',
      dateStyle: 'medium',
      timeStyle: 'short',
    }).format(new Date(items[0]!.at));
    await clerk.signIn('admin', '/audit');
    await page.getByRole('columnheader', { name: 'When (Chicago time)' }).waitFor();
    // the sign-in of this test may be newer
    await page.getByText(inChicago).first().waitFor();
    await clerk.open('/', page.getByText(/at .*Chicago time|Chicago time/).first());
  });

  it('requests the balances at the end of a day in the time zone of the fleet', async () => {
    await clerk.signIn('admin', '/ledger?as_of=2025-10-31');
    const requests = page.waitForRequest((request) => request.url().includes('/ledger/balances?'));
    await page.reload();
    expect(new URL((await requests).url()).searchParams.get('as_of')).toBe('2025-10-31T23:59:59-05:00');
    await page.getByText(/Oct 31, 2025, Chicago time/).waitFor();
  });

  it('marks a next due date in the past as overdue', async () => {
    const { items } = await desk.call<{ items: { loan_id: string; days_overdue: number }[] }>(
      '/loans/reports/aging?sort_by=days_overdue&sort_order=desc',
    );
    const { loan_id } = items[0]!;
    await clerk.signIn('finance', `/loans?q=${loan_id}`);
    await page
      .getByRole('row', { name: new RegExp(loan_id) })
      .getByText('overdue')
      .waitFor();
    await clerk.open(`/loans/${loan_id}`, clerk.title(loan_id));
    await page.locator('dl', { hasText: 'Next due' }).first().getByText('overdue', { exact: true }).waitFor();
  });

  it('shows in the list that a loan on hold is overdue, as its own page does', async () => {
    const { items } = await desk.call<{
      items: { loan_id: string; amount_overdue: string }[];
    }>('/loans?status=ON_HOLD');
    const { loan_id } = items.find(({ amount_overdue }) => amount_overdue !== '0.00')!;
    await clerk.signIn('finance', `/loans?q=${loan_id}`);
    const row = page.getByRole('row', { name: new RegExp(loan_id) });
    await row.getByText('overdue').waitFor();
    expect(await row.getByText('passed').count()).toBe(0);
  });

  it('opens the loan of an installment from the page of its balance', async () => {
    const { items } = await desk.call<{ items: { loan_id: string; ledger_balance_id: string }[] }>(
      '/loans/installments?posted=true&page_size=1',
    );
    const { loan_id, ledger_balance_id: balance } = items[0]!;
    await clerk.signIn('finance', `/ledger/balances/${balance}`);
    await page.getByRole('link', { name: new RegExp(`^${loan_id}-INST-`) }).click();
    await clerk.title(loan_id).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/loans/${loan_id}`);
  });
});
