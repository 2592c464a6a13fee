import type { Clerk } from './support/clerk.js';
import { PASSWORD } from './support/console-server.js';
import { TestedConsole } from './support/tested-console.js';

/** Runs in the page: everything that a script can read from browser storage. */
const READABLE = 'JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])';

const desk = TestedConsole.forAll();

let clerk: Clerk;

/** Asks the API directly. */
const ask = <T>(path: string, user?: string): Promise<T> => desk.call<T>(path, { user });

const noteByColleague = (loan: string, notes: string): Promise<unknown> =>
  desk.call(`/loans/${loan}`, { user: 'admin', method: 'PATCH', body: { notes } });

describe('the session of a browser', () => {
  beforeEach(async () => {
    clerk = await desk.openPage({ width: 1440 });
  });

  afterEach(() => clerk.close());

  it('survives a reload, and no script can read its tokens', async () => {
    const { page } = clerk;
    await clerk.signIn('finance', '/loans?status=CLOSED');
    await page.reload();
    await page.getByRole('heading', { name: 'Loans', level: 1 }).waitFor();
    const readable = await page.evaluate<string>(READABLE);
    expect(readable).not.toMatch(/refresh|eyJ/);
  });

  it('ends after a warning and half an hour of inactivity, and resumes on the same page', async () => {
    const { page } = clerk;
    await page.clock.install();
    await clerk.signIn('finance', '/loans?status=CLOSED');
    await page.clock.fastForward('29:30');
    await page.getByRole('dialog', { name: 'Are you still there?' }).waitFor();
    await page.clock.fastForward('00:31');
    await page.getByText('Your session has ended').waitFor();
    await clerk.enterPassword('finance');
    await clerk.title('Loans').waitFor();
    expect(page.url()).toContain('status=CLOSED');
  });

  it('continues while another tab of the browser is used', async () => {
    const { page } = clerk;
    await page.clock.install();
    await clerk.signIn('finance', '/loans?status=CLOSED');
    const otherTab = await page.context().newPage();
    await otherTab.goto(page.url());
    await otherTab.getByRole('heading', { name: 'Loans', level: 1 }).waitFor();
    await page.clock.fastForward('20:00');
    await otherTab.keyboard.press('Tab');
    await page.clock.fastForward('20:00');
    await otherTab.getByRole('heading', { name: 'Loans', level: 1 }).waitFor();
    expect(await page.getByRole('heading', { name: 'Loans', level: 1 }).count()).toBe(1);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.clock.fastForward('09:30');
    await page.getByRole('dialog', { name: 'Are you still there?' }).waitFor();
  });

  it('ends in all tabs of the browser when the user signs out in one of them', async () => {
    const { page } = clerk;
    await clerk.signIn('finance', '/loans?status=CLOSED');
    const otherTab = await page.context().newPage();
    await otherTab.goto(page.url());
    await otherTab.getByRole('heading', { name: 'Loans', level: 1 }).waitFor();
    await clerk.button(/^Your account/).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').waitFor();
    await otherTab.getByText('Your session has ended. Sign in to return to this page.').waitFor();
    expect(await otherTab.getByRole('navigation').count()).toBe(0);
  });

  it('ends in a tab when another user signs in in another tab', async () => {
    const { page } = clerk;
    const otherTab = await page.context().newPage();
    await otherTab.goto(`${desk.url}/console/`);
    await clerk.signIn('finance', '/loans?status=CLOSED');
    await otherTab.getByLabel('E-mail').fill('admin@demo.local');
    await otherTab.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await otherTab.getByRole('button', { name: 'Sign in' }).click();
    await otherTab.getByRole('button', { name: /^Your account/ }).waitFor();
    await page.getByText('Your session has ended. Sign in to return to this page.').waitFor();
  });

  it('never continues as another user when the access token is renewed', async () => {
    const { page } = clerk;
    await clerk.signIn('finance', '/loans?status=CLOSED');
    const account = { email: 'admin@demo.local', password: PASSWORD, session: 'cookie' };
    const answer = await page.context().request.post(`${desk.url}/api/v1/auth/login`, { data: account });
    expect(answer.ok()).toBe(true);
    await page.route('**/api/v1/loans?**', async (route) => {
      await route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer stale' } });
    });
    await page.getByLabel('Status').selectOption('ACTIVE');
    await page.getByText('Your session has ended').waitFor();
  });

  it('leads to the sign-in when it has ended, and back to the same page', async () => {
    const { page } = clerk;
    await clerk.signIn('finance', '/loans?status=CLOSED');
    await page.context().clearCookies();
    await page.route('**/api/v1/loans?**', async (route) => {
      await route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer stale' } });
    });
    await page.getByLabel('Status').selectOption('ACTIVE');
    await page.getByText('Your session has ended').waitFor();
    await page.unrouteAll();
    await clerk.enterPassword('finance');
    await page.getByRole('heading', { name: 'Loans', level: 1 }).waitFor();
    expect(page.url()).toContain('status=ACTIVE');
  });

  it('offers a manager no way to create, post, pay or void, and the API rejects these too', async () => {
    const { page } = clerk;
    await clerk.signIn('manager', '/loans');
    await page.getByRole('link', { name: 'DL-2025-0001' }).waitFor();
    expect(await page.getByRole('link', { name: 'Create loan' }).count()).toBe(0);
    await clerk.open('/loans/new');
    await page.getByText('You do not have access to this page').waitFor();
    await clerk.open('/posting', page.getByRole('region', { name: 'Installments that are not posted' }));
    expect(await clerk.button('Post installments').count()).toBe(0);
    await clerk.open('/ledger/accounts/1/1', clerk.title(/Account of Amara Diallo/));
    expect(await page.getByRole('link', { name: 'Take a payment' }).count()).toBe(0);
    expect(await page.getByRole('navigation', { name: 'Main menu' }).getByText('Users').count()).toBe(0);
    await expect(ask('/users', 'manager')).rejects.toThrow('PERMISSION_MISSING');
  });

  it('warns a user whose edit is based on a stale version', async () => {
    const { page } = clerk;
    await clerk.signIn('finance', '/loans/DL-2025-0002');
    await clerk.button('Actions').click();
    await page.getByRole('menuitem', { name: 'Edit purpose and notes' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Notes').fill('From the console');
    await noteByColleague('DL-2025-0002', 'From a colleague');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Someone changed this after you opened it').waitFor();
    expect(await ask('/loans/DL-2025-0002')).toMatchObject({ notes: 'From a colleague' });
  });
});
