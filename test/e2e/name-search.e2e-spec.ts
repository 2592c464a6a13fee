import type { Page } from '../../src/platform/database/page.js';
import type { DriverResponse } from '../../src/modules/drivers/driver/driver.response.js';
import type { ApiClient } from '../support/api-client.js';
import { download, readCsv } from '../support/download.js';
import { aDriver, aLease } from '../support/factories.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const AMARA = 'Amara Diallo';
const SHAUN = 'Shaun O’Neill';
const RITA = "Rita D'Angelo";
const MARIE = 'Marie-Ève Lefèbvre';

/** The typed text and the driver that it finds */
const SEARCHES: readonly [typed: string, found: string][] = [
  ['Diallo, Amara', AMARA],
  ['amara  dial', AMARA],
  ['TLC 7012345', AMARA],
  ['tlc#7012345', AMARA],
  ['TLC7012345', AMARA],
  ['diallo 70123', AMARA],
  ["O'Neill", SHAUN],
  ['O’Neill', SHAUN],
  ['O`Neill', SHAUN],
  ['oneill', SHAUN],
  ['neill, s', SHAUN],
  ['D’Angelo', RITA],
  ["d'angelo", RITA],
  ['scan 8001', RITA],
  ['marie eve', MARIE],
  ['LEFEBVRE', MARIE],
  ['Lefebvre, Marie-Eve', MARIE],
  ['soren lukaszewicz', 'Søren Łukaszewicz'],
  ['weiss', 'Jörg Weiß'],
  ['احمد', 'محمد الأحمد'],
];

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  finance = app.as('FINANCE');
  const people: [string, string, string][] = [
    ['7012345', 'Amara', 'Diallo'],
    ['SCAN-7001', 'Shaun', 'O’Neill'],
    ['SCAN-8001', 'Rita', "D'Angelo"],
    ['SCAN-7002', 'Marie-Ève', 'Lefèbvre'],
    ['SCAN-7003', 'Søren', 'Łukaszewicz'],
    ['SCAN-7004', 'Jörg', 'Weiß'],
    ['SCAN-7005', 'محمد', 'الأحمد'],
  ];
  for (const [tlc_license_number, first_name, last_name] of people) {
    const driver = await aDriver(app, { tlc_license_number, first_name, last_name });
    const lease = await aLease(app, { driver_id: driver.id });
    const terms = { loan_amount: '100.00', start_week: '2025-11-02' };
    const lent = await finance.post('/loans', { driver_id: driver.id, lease_id: lease.id, ...terms });
    expect(lent.status).toBe(201);
  }
});

afterAll(() => app.close());

const nameOf = ({ first_name, last_name }: Pick<DriverResponse, 'first_name' | 'last_name'>): string =>
  `${first_name} ${last_name}`;

async function found<Item>(path: string, q: string): Promise<Item[]> {
  const answer = await finance.get<Page<Item>>(`${path}?q=${encodeURIComponent(q)}`);
  expect(answer).toMatchObject({ status: 200, body: { total: answer.body.items.length } });
  return answer.body.items;
}

describe('the search for drivers', () => {
  it.each(SEARCHES)('finds by "%s" in the list of drivers', async (q, name) => {
    expect((await found<DriverResponse>('/drivers', q)).map(nameOf)).toEqual([name]);
  });

  it.each(SEARCHES)('finds by "%s" in the lists of leases and loans', async (q, name) => {
    for (const path of ['/leases', '/loans']) {
      const items = await found<{ driver: DriverResponse }>(path, q);
      expect(items.map(({ driver }) => nameOf(driver))).toEqual([name]);
    }
  });

  it.each(['Diallo, Shaun', ', - ’', 'TLC', '012345'])('finds no driver by "%s"', async (q) => {
    expect(await found('/drivers', q)).toEqual([]);
  });

  it('accepts the longest possible word of letters that expand when normalized', async () => {
    const longest = '\ufdfa'.repeat(100);
    const { id } = await aDriver(app, { last_name: longest, tlc_license_number: 'LONG-1' });
    for (const path of ['/drivers', '/leases', '/loans']) await found(path, longest);
    expect((await app.as('ADMIN').get(`/users?q=${encodeURIComponent(longest)}`)).status).toBe(200);
    expect((await found<DriverResponse>('/drivers', longest)).map((driver) => driver.id)).toEqual([id]);
  });

  it('finds a driver by the new name after a change', async () => {
    const driver = await aDriver(app, { first_name: 'Before', last_name: 'Marriage' });
    await finance.patch(`/drivers/${driver.id}`, { last_name: 'Wedlöck' });
    expect(await found('/drivers', 'before marriage')).toEqual([]);
    expect((await found<DriverResponse>('/drivers', 'wedlock before')).map(nameOf)).toEqual([
      'Before Wedlöck',
    ]);
  });
});

describe('a driver with one name', () => {
  it('is stored with it as the last name, and shown without a leading space', async () => {
    const made = await finance.post<DriverResponse>('/drivers', {
      tlc_license_number: 'ONE-1',
      last_name: 'Suharto',
    });
    expect(made).toMatchObject({ status: 201, body: { first_name: '', last_name: 'Suharto' } });
    const { id: driver_id } = made.body;
    const { id: lease_id } = await aLease(app, { driver_id });
    await finance.post('/loans', { driver_id, lease_id, loan_amount: '100.00', start_week: '2025-11-02' });
    expect((await found<DriverResponse>('/drivers', 'suharto')).map(({ id }) => id)).toEqual([driver_id]);
    const installments = await finance.get<Page<{ driver_name: string }>>(
      `/loans/installments?driver_id=${driver_id}`,
    );
    expect(installments.body.items.map(({ driver_name }) => driver_name)).toEqual(['Suharto']);
    const file = await download(app, `/loans/export/csv?driver_id=${driver_id}`);
    expect(readCsv(file.bytes)[0]).toMatchObject({ driver_name: 'Suharto' });
    const charged = await finance.post('/ledger/obligations', {
      ...{ driver_id, lease_id, category: 'MISC', amount: '5.00' },
      ...{ reference_type: 'NOTE', reference_id: 'ONE-1', payment_period_start: '2025-10-26' },
    });
    expect(charged.status).toBe(201);
    const balances = await finance.get<Page<{ driver_name: string }>>(
      `/ledger/balances?driver_id=${driver_id}`,
    );
    expect(balances.body.items.map(({ driver_name }) => driver_name)).toEqual(['Suharto']);
  });

  it('can lose the first name but not the last name', async () => {
    const driver = await aDriver(app, { first_name: 'Amar', last_name: 'Onename' });
    expect(await finance.patch(`/drivers/${driver.id}`, { first_name: '' })).toMatchObject({
      status: 200,
      body: { first_name: '', last_name: 'Onename' },
    });
    expect((await finance.patch(`/drivers/${driver.id}`, { last_name: '' })).status).toBe(400);
  });
});

describe('the search for users', () => {
  it('ignores accents, apostrophes and the order of names', async () => {
    const admin = app.as('ADMIN');
    const made = await admin.post<{ id: number }>('/users', {
      email: 'noemie.okeefe@fleet.example',
      name: 'Noémie O’Keefe',
      roles: ['MANAGER'],
      password: 'correct-horse-battery-staple-7',
    });
    expect(made.status).toBe(201);
    for (const q of ["O'Keefe, Noemie", 'keefe', 'okeefe@fleet', 'noemie.okeefe@fleet.example']) {
      const answer = await admin.get<Page<{ id: number }>>(`/users?q=${encodeURIComponent(q)}`);
      expect(answer.body.items.map(({ id }) => id)).toEqual([made.body.id]);
    }
  });
});
