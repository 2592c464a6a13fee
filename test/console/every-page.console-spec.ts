import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { Clerk, openBrowser } from './support/clerk.js';
import type { ConsoleServer } from './support/console-server.js';
import { startConsoleServer } from './support/console-server.js';

jest.setTimeout(300_000);

const PAGES = [
  '/',
  '/loans',
  '/loans/new',
  '/loans/DL-2025-0005',
  '/loans/DL-2025-0005?tab=ledger',
  '/loans/DL-2025-0005?tab=history',
  '/posting',
  '/posting/runs',
  '/posting/runs/1',
  '/ledger',
  '/ledger?as_of=2025-10-01',
  '/ledger/accounts/3/3',
  '/ledger/accounts/3/3/pay',
  '/ledger/accounts/3/3/statement',
  '/ledger/accounts/3/3/postings',
  '/ledger/balances/LB-2025-000001',
  '/ledger/postings',
  '/ledger/postings/LP-2025-000001',
  '/ledger/verify',
  '/drivers',
  '/drivers/3',
  '/leases',
  '/leases/3',
  '/users',
  '/audit',
  '/account',
  '/nowhere',
];

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let server: ConsoleServer;
let browser: Browser;

beforeAll(async () => {
  server = await startConsoleServer();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe.each([
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)('at $width pixels and in $colorScheme', (sight) => {
  let clerk: Clerk;

  beforeAll(async () => {
    clerk = await Clerk.sitDown(browser, server.url, sight);
  });

  afterAll(() => clerk.leave());

  const violations = async (): Promise<string[]> => {
    const { violations: found } = await new AxeBuilder({ page: clerk.page }).withTags(STANDARDS).analyze();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  };

  it('the sign-in has no violation of WCAG 2.2 AA', async () => {
    await clerk.page.goto(`${server.url}/console/`);
    await clerk.page.getByLabel('E-mail').waitFor();
    expect(await violations()).toEqual([]);
    await clerk.signIn('admin');
  });

  it.each(PAGES)('%s has no violation of WCAG 2.2 AA, and nothing wider than the screen', async (address) => {
    await clerk.open(address);
    expect(await violations()).toEqual([]);
    const overflow = await clerk.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBe(0);
  });

  it('left the browser nothing to complain of, and no request left the machine', () => {
    expect(clerk.complaints).toEqual([]);
  });
});
