import type { Locator } from 'playwright-core';
import { violationsOf } from './support/accessibility.js';
import type { Clerk } from './support/clerk.js';
import { TestedConsole } from './support/tested-console.js';

const desk = TestedConsole.forAll();

beforeAll(async () => {
  await work();
});

/** Creates the history through the API: one loan is edited, held and resumed, and a held loan is paid off. */
async function work(): Promise<void> {
  const send = <T>(method: 'POST' | 'PATCH' | 'PUT', address: string, body: object): Promise<T> =>
    desk.call<T>(address, { method, body });
  await send('PATCH', '/loans/DL-2025-0002', { notes: 'Calls on Fridays' });
  await send('PATCH', '/loans/DL-2025-0002', { notes: 'Calls on Mondays' });
  await send('PUT', '/loans/DL-2025-0002/status', { status: 'ON_HOLD', reason: 'Cab in the workshop' });
  await send('PUT', '/loans/DL-2025-0002/status', {
    status: 'ACTIVE',
    reason: 'Cab is back',
    resume_week: '2025-11-02',
  });
  const payoff = '/loans/DL-2025-0006/payoff';
  const { quote } = await send<{ quote: { total: string } }>('POST', payoff, { dry_run: true });
  await send('POST', payoff, {
    payment: { amount: quote.total, source_type: 'CASH', source_id: 'PAYOFF-6' },
  });
}

describe.each([1440, 390] as const)('the audit log on a screen %i pixels wide', (width) => {
  let clerk: Clerk;
  let dialog: Locator;

  beforeAll(async () => {
    clerk = await desk.openPage({ width });
    dialog = clerk.page.getByRole('dialog');
    await clerk.signIn('admin', '/audit');
  });

  afterAll(() => clerk.close());

  const list = (name: string): Locator => clerk.page.getByRole('region', { name, exact: true });

  /** Collapses white space, as a reader sees the lines. */
  const linesOf = async (name: string): Promise<string[]> => {
    const texts = await list(name).locator('tbody tr').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  };

  const heightsOf = async (name: string): Promise<number[]> => {
    const rows = await list(name).locator('tbody tr').all();
    const boxes = await Promise.all(rows.map((row) => row.boundingBox()));
    return boxes.map((box) => box!.height);
  };

  /** One field of the open entry: its label, old value and new value. */
  const openedLine = async (field: RegExp): Promise<string[]> => {
    const row = dialog.getByRole('row', { name: field });
    await row.waitFor();
    return row.getByRole('cell').allInnerTexts();
  };

  /** Sets a filter and waits until the URL contains it. */
  const choose = async (label: string, option: string, expected: string): Promise<void> => {
    await clerk.page.getByLabel(label, { exact: true }).selectOption({ label: option });
    await clerk.page.waitForURL((url) => url.search.includes(expected));
  };

  /** At most two lines of changes; on a phone also the action label and the record. */
  const highest = width === 1440 ? 70 : 140;

  it('shows each entry in one or two lines of plain text', async () => {
    for (const [address, action] of [
      ['/audit', 'Signed in'],
      ['/audit?action=ledger.obligation', 'Obligation posted'],
      ['/audit?action=loan.create', 'Loan created'],
      ['/audit?action=ledger.payment', 'Payment recorded'],
    ] as const) {
      await clerk.open(address, list('Audit log').getByRole('button', { name: action }).first());
      const heights = await heightsOf('Audit log');
      expect(heights.length).toBeGreaterThan(5);
      expect(Math.max(...heights)).toBeLessThan(highest);
    }
    const lines = await linesOf('Audit log');
    expect(lines.every((line) => line.includes('Payment recorded'))).toBe(true);
    expect(lines.filter((line) => /[{}_]/.test(line))).toEqual([]);
  });

  it('finds the hold of a loan by filters that are kept in the URL', async () => {
    const { page } = clerk;
    await clerk.open('/audit', list('Audit log'));
    await choose('Record type', 'Loan', 'record_type=loan');
    await choose('Action', 'Loan status changed', 'action=loan.status');
    await choose('Who', 'Fatou Finance', 'actor_id=1');
    await page.getByLabel('From').fill('2025-11-01');
    await page.waitForURL(/from=2025-11-01/);
    const answered = page.waitForResponse(/record_id=DL-2025-0002/);
    await page.getByLabel('Record id').fill('DL-2025-0002');
    await page.waitForURL(/record_id=DL-2025-0002/);
    await answered;
    expect(new URL(page.url()).search).toBe(
      '?record_type=loan&action=loan.status&actor_id=1&from=2025-11-01&record_id=DL-2025-0002',
    );
    await page.getByText('1–2 of 2').waitFor();
    expect(await linesOf('Audit log')).toEqual([
      expect.stringContaining('Status On hold → Active'),
      expect.stringContaining('Status Active → On hold'),
    ]);
  });

  it('opens an entry by keyboard and shows old and new values, the origin and the stored JSON', async () => {
    const { page } = clerk;
    const held = list('Audit log').getByRole('button', { name: 'Loan status changed' }).last();
    expect(await held.getAttribute('aria-expanded')).toBe('false');
    await held.press('Enter');
    expect(await openedLine(/^Status/)).toEqual(['Status', 'Active', 'On hold']);
    await dialog.getByText('127.0.0.1').waitFor();
    await dialog.getByText(/^[0-9a-f]{8}-[0-9a-f-]{27}$/).waitFor();
    await dialog.getByText('As recorded (JSON)').click();
    const recorded = dialog.getByRole('region', { name: 'As recorded (JSON)' });
    expect(JSON.parse(await recorded.innerText())).toMatchObject({ after: { status: 'ON_HOLD' } });
    await recorded.focus();
    expect(await violationsOf(clerk.page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.locator('button:focus').innerText()).toBe('Loan status changed');
  });

  it('links from an entry to its record', async () => {
    await list('Audit log').getByRole('link', { name: 'Loan DL-2025-0002' }).first().click();
    await clerk.title('DL-2025-0002').waitFor();
  });

  it('shows the history of a loan in plain text, each action once', async () => {
    const { page } = clerk;
    await page.getByRole('tab', { name: 'History' }).click();
    await list('History of the loan').waitFor();
    const lines = await linesOf('History of the loan');
    expect(lines).toEqual([
      expect.stringMatching(/Resumed.*Status On hold → Active.*Cab is back/),
      expect.stringMatching(/Put on hold.*Status Active → On hold.*Cab in the workshop/),
      expect.stringMatching(/Loan edited.*Notes Calls on Fridays → Calls on Mondays/),
      expect.stringMatching(/Loan edited.*Notes — → Calls on Fridays/),
      expect.stringMatching(/Loan created.*Amount \$5,000\.00 · Interest rate 8% · First week Sep 14, 2025/),
    ]);
    expect(Math.max(...(await heightsOf('History of the loan')))).toBeLessThan(highest);
    await list('History of the loan').getByRole('button', { name: 'Put on hold' }).click();
    expect(await openedLine(/^Status/)).toEqual(['Status', 'Active', 'On hold']);
    await page.keyboard.press('Escape');
  });

  it('shows a payoff once, although it also resumed and closed the loan', async () => {
    await clerk.open('/loans/DL-2025-0006?tab=history', clerk.title('DL-2025-0006'));
    await list('History of the loan').getByText('Loan payoff posted').waitFor();
    expect(await linesOf('History of the loan')).toEqual([
      expect.stringMatching(
        /Loan payoff posted.*Status On hold → Closed.*Resumed for its payoff; Paid in full/,
      ),
      expect.stringMatching(/Put on hold.*Status Active → On hold.*Driver is in hospital/),
      expect.stringContaining('Loan created'),
    ]);
  });

  it('orders entries of the same instant correctly, and includes automatic changes', async () => {
    await clerk.open('/loans/DL-2025-0010?tab=history', clerk.title('DL-2025-0010'));
    await list('History of the loan').getByText('Loan cancelled').waitFor();
    expect(await linesOf('History of the loan')).toEqual([
      expect.stringMatching(
        /Loan cancelled.*Status Active → Cancelled.*Driver withdrew before the first week/,
      ),
      expect.stringContaining('Loan created'),
    ]);
    await clerk.open('/loans/DL-2025-0004?tab=history', clerk.title('DL-2025-0004'));
    await list('History of the loan').getByText('Loan closed').waitFor();
    expect(await linesOf('History of the loan')).toEqual([
      expect.stringMatching(/Loan closed.*Status Active → Closed.*Paid in full/),
      expect.stringContaining('Loan created'),
    ]);
  });

  it('logs no browser error and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([]);
  });
});
