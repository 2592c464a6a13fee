import type { Page } from 'playwright-core';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();

const STALE = 'Someone changed this after you opened it';

/** Everything that If-Match protects: its page, how the form opens, its field, and the change of a colleague. */
const CHANGED = [
  {
    what: 'a driver',
    at: '/drivers/2',
    open: (page: Page) => page.getByRole('button', { name: 'Edit driver' }).click(),
    field: 'Phone',
    of: '/drivers/2',
    name: 'phone',
    colleague: '+12125550111',
    own: '+12125550222',
  },
  {
    what: 'a lease',
    at: '/leases/4',
    open: (page: Page) => page.getByRole('button', { name: 'Edit lease' }).click(),
    field: 'Until',
    of: '/leases/4',
    name: 'end_date',
    colleague: '2026-11-30',
    own: '2026-12-31',
  },
  {
    what: 'a loan',
    at: '/loans/DL-2025-0005',
    open: async (page: Page) => {
      await page.getByRole('button', { name: 'Actions', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Edit purpose and notes' }).click();
    },
    field: 'Notes',
    of: '/loans/DL-2025-0005',
    name: 'notes',
    colleague: 'From a colleague',
    own: 'From the console',
  },
  {
    what: 'a user',
    at: '/users',
    open: async (page: Page) => {
      await page.getByRole('button', { name: /^Actions for .*[Mm]anager/ }).click();
      await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
    },
    field: 'Name',
    of: '/users/{manager}',
    name: 'name',
    colleague: 'Manager of the night',
    own: 'Manager of the day',
  },
] as const;

/** The keys that enter a value, in the order of a date input if it is a date. */
const keysOf = (value: string): string => value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2$3$1');

describe('a change that conflicts with the change of a colleague', () => {
  let clerk: Clerk;
  let page: Page;
  let manager: number;

  beforeAll(async () => {
    const users = await desk.call<{ items: { id: number; email: string }[] }>('/users', { user: 'admin' });
    manager = users.items.find(({ email }) => email.startsWith('manager'))!.id;
    clerk = await desk.openPage({ width: 1440 });
    page = clerk.page;
    await clerk.signIn('admin');
  });

  afterAll(() => clerk.close());

  const type = async (label: string, value: string): Promise<void> => {
    const field = page.getByRole('dialog').getByLabel(label);
    await field.focus();
    if ((await field.getAttribute('type')) !== 'date') await page.keyboard.press('Control+a');
    await page.keyboard.type(keysOf(value));
  };

  it.each(CHANGED)(
    'is rejected and, after "Reload", keeps the typed value and shows the saved one: $what',
    async (change) => {
      const record = change.of.replace('{manager}', `${manager}`);
      const byColleague = { [change.name]: change.colleague };
      await clerk.open(change.at);
      await change.open(page);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(change.field).waitFor();
      await desk.call(record, { user: 'admin', method: 'PATCH', body: byColleague });
      await type(change.field, change.own);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText(STALE).waitFor();
      expect(await desk.call(record, { user: 'admin' })).toMatchObject(byColleague);
      await dialog.getByRole('button', { name: 'Reload' }).click();
      await dialog.getByText(STALE).waitFor({ state: 'hidden' });
      expect(await dialog.getByLabel(change.field).inputValue()).toBe(change.own);
      const saved = change.name === 'end_date' ? 'Nov 30, 2026' : change.colleague;
      await dialog.getByText(`Saved by someone else: ${saved}`).waitFor();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(await desk.call(record, { user: 'admin' })).toMatchObject({ [change.name]: change.own });
    },
  );

  it('previews its effect again after "Reload": the status of a loan', async () => {
    const loan = '/loans/DL-2025-0005';
    await clerk.open(loan, clerk.title('DL-2025-0005'));
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Put on hold' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('On hold', { exact: true }).waitFor();
    await desk.call(loan, { user: 'admin', method: 'PATCH', body: { notes: 'Changed' } });
    await dialog.getByLabel('Reason').pressSequentially('Cab in the workshop');
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await dialog.getByText(STALE).waitFor();
    await dialog.getByRole('button', { name: 'Reload' }).click();
    await dialog.getByText(STALE).waitFor({ state: 'hidden' });
    await dialog.getByText('On hold', { exact: true }).waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('Cab in the workshop');
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await desk.call(loan)).toMatchObject({ status: 'ON_HOLD' });
  });

  it('keeps the typed text while the page reloads its data', async () => {
    await clerk.open('/drivers/3', clerk.title('Marie-Ève Toussaint'));
    await page.getByRole('button', { name: 'Edit driver' }).click();
    await type('Phone', '+12125550333');
    const again = page.waitForResponse((answer) => answer.url().endsWith('/drivers/3'));
    await page.clock.install();
    await page.clock.fastForward('01:00');
    await page.evaluate(`dispatchEvent(new Event('visibilitychange'))`);
    await again;
    expect(await page.getByRole('dialog').getByLabel('Phone').inputValue()).toBe('+12125550333');
  });
});
