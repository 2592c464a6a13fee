import { overflowOf, SCREENS, sidewaysTablesOf, violationsOf } from './support/accessibility.js';
import type { Clerk } from './support/clerk.js';
import { settle } from './support/earnings.js';
import { TestedConsole } from './support/tested-console.js';

/** Each with a heading or table that the page before it in this list does not have. */
const PAGES = [
  ['/', 'heading', 'Unpaid, by days late'],
  ['/loans', 'heading', 'Loans'],
  ['/loans/aging', 'region', 'Aging'],
  ['/loans/new', 'heading', 'Create loan'],
  ['/loans/import', 'heading', 'Import loans'],
  ['/loans/DL-2025-0005', 'region', 'Schedule of installments'],
  ['/loans/DL-2025-0005?tab=ledger', 'region', 'Transactions'],
  ['/loans/DL-2025-0005?tab=history', 'region', 'History of the loan'],
  ['/posting', 'region', 'Installments that are not posted'],
  ['/posting/runs', 'region', 'Posting runs'],
  ['/posting/runs/1', 'heading', 'Posting run 1'],
  ['/settlement', 'region', 'Settlement runs'],
  ['/settlement/new', 'heading', 'New settlement'],
  ['/settlement/SR-2025-000001', 'heading', 'Settlement run SR-2025-000001'],
  ['/ledger', 'region', 'Balances'],
  ['/ledger/import', 'heading', 'Import charges'],
  ['/ledger/accounts/3/3', 'heading', 'Account of Marie-Ève Toussaint'],
  ['/ledger?as_of=2025-10-01', 'region', 'Balances'],
  ['/ledger/accounts/3/3/pay', 'heading', 'Take a payment'],
  ['/ledger/accounts/3/3/statement', 'region', 'Statement of the week'],
  ['/ledger/accounts/3/3/postings', 'region', 'Postings'],
  ['/ledger/balances/LB-2025-000001', 'heading', 'Balance LB-2025-000001'],
  ['/ledger/postings', 'region', 'Postings'],
  ['/ledger/postings/LP-2025-000001', 'heading', 'Posting LP-2025-000001'],
  ['/ledger/receipts?from=2025-10-26&group_by=day,category', 'region', 'Receipts'],
  ['/ledger/credits', 'heading', 'Credits'],
  ['/ledger/verify', 'button', 'Verify now'],
  ['/drivers', 'heading', 'Drivers'],
  ['/drivers/import', 'heading', 'Import drivers'],
  ['/drivers/3', 'heading', 'Marie-Ève Toussaint'],
  ['/leases', 'heading', 'Leases'],
  ['/leases/import', 'heading', 'Import leases'],
  ['/leases/3', 'heading', 'LS-2B90'],
  ['/users', 'heading', 'Users'],
  ['/audit', 'heading', 'Audit log'],
  ['/account', 'heading', 'Account'],
  ['/nowhere', 'heading', 'Page not found'],
] as const;

const desk = TestedConsole.forAll();

beforeAll(() => settle(desk, 'page'));

describe.each(SCREENS)('a page at $width pixels in $colorScheme', (screen) => {
  let clerk: Clerk;

  beforeAll(async () => {
    clerk = await desk.openPage(screen);
  });

  afterAll(() => clerk.close());

  it('has no WCAG 2.2 AA violation: the sign-in', async () => {
    await clerk.page.goto(`${desk.url}/console/`);
    await clerk.page.getByLabel('E-mail').waitFor();
    expect(await violationsOf(clerk.page)).toEqual([]);
    await clerk.signIn('admin');
  });

  it.each(PAGES)('has no WCAG 2.2 AA violation and fits the screen: %s', async (address, role, name) => {
    await clerk.open(address, clerk.page.getByRole(role, { name, exact: true }).first());
    expect(await violationsOf(clerk.page)).toEqual([]);
    expect(await overflowOf(clerk.page)).toBe(0);
    expect(await sidewaysTablesOf(clerk.page)).toEqual([]);
  });

  it('logs no browser error and sends no request to another machine', () => {
    expect(clerk.browserErrors).toEqual([]);
  });
});
