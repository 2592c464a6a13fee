import type { Clerk } from './support/clerk.js';
import { PASSWORD } from './support/console-server.js';
import { TestedConsole } from './support/tested-console.js';

const FIRST_PASSWORD = 'to be changed at the first sign-in';
const OWN_PASSWORD = 'granite lantern yellow orchard';
const TERMS = { driver_id: 1, lease_id: 1, loan_amount: '450.00', start_week: '2025-11-02' };
const CASH = { driver_id: 1, lease_id: 1, amount: '5.00', payment_period_start: '2025-11-02' };
/** The requests whose responses contain names of people */
const NAMES = /\/api\/v1\/(users|leases|drivers\/)/;

const desk = TestedConsole.forAll();
let clerk: Clerk;
/** Created by the administrator, a user other than the clerk; a second colleague wrote its notes */
let loan: string;
let posting: string;
/** The requests of the page for names */
let requests: string[] = [];

beforeAll(async () => {
  await prepareRecords();
});

beforeEach(async () => {
  clerk = await desk.openPage({ width: 1440 });
  await clerk.signIn('finance');
  requests = [];
  clerk.page.on('request', (request) => {
    if (NAMES.test(request.url())) requests.push(request.url().replace(/.*\/api\/v1/, ''));
  });
});

afterEach(() => clerk.close());

async function prepareRecords(): Promise<void> {
  const post = <T>(path: string, body: object, user = 'admin', password = PASSWORD): Promise<T> =>
    desk.call<T>(path, { user, password, body });
  loan = (await post<{ loan_id: string }>('/loans', TERMS)).loan_id;
  const cash = { ...CASH, source_type: 'CASH', source_id: 'N-1' };
  posting = (await post<{ posting: { posting_id: string } }>('/ledger/payments', cash)).posting.posting_id;
  const zoe = { email: 'zoe@demo.local', name: 'Zoë Colleague', roles: ['FINANCE'] };
  await post('/users', { ...zoe, password: FIRST_PASSWORD });
  const passwords = { current_password: FIRST_PASSWORD, new_password: OWN_PASSWORD };
  await post('/auth/password', passwords, 'zoe', FIRST_PASSWORD);
  const body = { notes: 'By Zoë' };
  await desk.call(`/loans/${loan}`, { user: 'zoe', password: OWN_PASSWORD, method: 'PATCH', body });
}

describe('the ledger', () => {
  it.each(['/ledger', '/ledger?as_of=2025-10-15', '/ledger/postings'])(
    'shows driver and lease on each line of %s, without a request for names',
    async (address) => {
      const { page } = clerk;
      await clerk.open(address, page.getByRole('link', { name: 'Amara Diallo LS-5X41' }).first());
      const links = await page.locator('td a[href*="/ledger/accounts/"]').allInnerTexts();
      expect(links).toHaveLength(25);
      for (const link of links) expect(link).toMatch(/\S.*\s+LS-\w+$/);
      expect(requests).toEqual([]);
    },
  );

  it('links from the driver to the account', async () => {
    await clerk.open('/ledger/postings');
    await clerk.page.getByRole('link', { name: 'Amara Diallo LS-5X41' }).first().click();
    await clerk.title('Account of Amara Diallo').waitFor();
  });

  it.each(['balances/LB-2025-000001', 'postings/LP-2025-000001'])(
    'shows the account of %s, with one request',
    async (record) => {
      await clerk.open(`/ledger/${record}`, clerk.page.getByRole('link', { name: 'Amara Diallo LS-5X41' }));
      expect(requests).toEqual(['/leases/1']);
    },
  );
});

describe('the name of a colleague', () => {
  it('is shown on the loan, and on the posting without another request', async () => {
    const { page } = clerk;
    await clerk.open(`/loans/${loan}`, page.getByText('Ada Admin'));
    expect(requests).toEqual(['/users/names?ids=3']);
    await clerk.open(`/ledger/postings/${posting}`, clerk.title(`Posting ${posting}`));
    await page.getByText('Ada Admin').waitFor();
    await page.getByRole('link', { name: /LS-/ }).waitFor();
    expect(requests).toEqual(['/users/names?ids=3', '/leases/1']);
  });

  it('is requested together with other names', async () => {
    const { page } = clerk;
    await clerk.open(`/loans/${loan}?tab=history`, page.getByText('Zoë Colleague').filter({ visible: true }));
    await page.getByText('Ada Admin').filter({ visible: true }).first().waitFor();
    expect(requests).toEqual(['/users/names?ids=4&ids=3']);
  });

  it('is replaced by the user number when the request for the name fails', async () => {
    const { page } = clerk;
    await page.route('**/users/names?**', (route) => route.fulfill({ status: 403, body: '{}' }));
    await clerk.open(`/loans/${loan}`, page.getByText('User 3'));
    expect(requests).toHaveLength(1);
  });
});

describe('the pages of leases', () => {
  it('show the driver of each lease without another request, and filter by driver', async () => {
    const { page } = clerk;
    await clerk.open('/leases', page.getByRole('link', { name: 'Marie-Ève Toussaint' }));
    expect(requests).toHaveLength(1);
    await page.getByLabel('Driver').and(page.locator('input')).pressSequentially('diallo');
    await page.getByRole('option', { name: /Amara Diallo/ }).click();
    await page.waitForURL(/driver_id=1$/);
    await page.getByRole('link', { name: 'Marie-Ève Toussaint' }).waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Amara Diallo' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('link', { name: 'Amara Diallo' }).click();
    await clerk.title('Amara Diallo').waitFor();
  });

  it('show the driver on the page of one lease', async () => {
    await clerk.open('/leases/1', clerk.page.getByRole('link', { name: 'Amara Diallo' }));
    expect(requests).toEqual(['/leases/1']);
  });
});
