import type { Page } from '../../src/platform/database/page.js';
import { aDriver, aLease, aLoan, aMedallion } from '../support/factories.js';
import { expectFieldErrors } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const TODAY = '2025-10-29T09:00:00-04:00';

interface Row {
  readonly loan_id: string;
  readonly total_due?: string;
}

let app: TestApp;
/** The loan ids of Ana, Bob and Zoë, who borrow 300.00 at 5 %, 600.00 without interest and 900.00 at 10 %. */
const loanOf: Record<string, string> = {};

/** The borrowers of the listed records, each once, in the order of the list. */
async function borrowersIn(path: string, query: string): Promise<string> {
  const { status, body } = await app.as('ADMIN').get<Page<Row>>(`${path}?page_size=500&${query}`);
  expect({ status, body }).toMatchObject({ status: 200, body: { total: body.items.length } });
  const names = body.items.map(({ loan_id }) => Object.keys(loanOf).find((name) => loanOf[name] === loan_id));
  return [...new Set(names)].join(' ');
}

beforeAll(async () => {
  app = await startTestApp({ now: TODAY });
  const borrowers = [
    ['Zoë', 'Ångström', 'TLC-900', '9Z99', '900.00', '10.00', '2025-11-09'],
    ['Bob', 'Baker', 'TLC-700', '2B22', '600.00', '0.00', '2025-11-02'],
    ['Ana', 'Zuñiga', 'TLC-70', '5A55', '300.00', '5.00', '2025-10-26'],
  ] as const;
  for (const [first_name, last_name, tlc, medallion, loan_amount, interest_rate, start_week] of borrowers) {
    const driver = await aDriver(app, { first_name, last_name, tlc_license_number: tlc });
    const { id: medallion_id } = await aMedallion(app, { medallion_number: medallion });
    const lease = await aLease(app, { driver_id: driver.id, medallion_id });
    const borrower = { driver_id: driver.id, lease_id: lease.id };
    loanOf[first_name] = (await aLoan(app, { ...borrower, loan_amount, interest_rate, start_week })).loan_id;
  }
  await app.as('FINANCE').put(`/loans/${loanOf['Bob']}/status`, { status: 'ON_HOLD', reason: 'Leave' });
});

afterAll(() => app.close());

const LISTS = ['/loans', '/loans/installments', '/loans/installments/unposted'];

describe.each(LISTS)('GET %s', (path) => {
  it.each([
    ['tlc_license_number=tlc-70', 'Ana'],
    ['tlc_license_number=TLC-7', ''],
    ['driver_name=angstrom', 'Zoë'],
    ['driver_name=zuniga%20ana', 'Ana'],
    ['driver_name=o', 'Bob Zoë'],
    ['medallion_number=2b22', 'Bob'],
    ['medallion_number=2B2', ''],
    ['rate_from=5', 'Ana Zoë'],
    ['rate_to=5.00', 'Ana Bob'],
    ['rate_from=0.01&rate_to=9.99', 'Ana'],
    ['start_week_from=2025-11-02', 'Bob Zoë'],
    ['start_week_to=2025-11-02', 'Ana Bob'],
    ['start_week_from=2025-11-02&start_week_to=2025-11-02', 'Bob'],
    ['driver_name=a&rate_from=6&start_week_from=2025-11-01', 'Zoë'],
  ])('lists with %s: %s', async (query, names) => {
    const found = await borrowersIn(path, query);
    expect(found.split(' ').sort().join(' ')).toBe(names);
  });

  it('is sorted by the name of the driver and by the medallion', async () => {
    expect(await borrowersIn(path, 'sort_by=driver_name&sort_order=asc')).toBe('Zoë Bob Ana');
    expect(await borrowersIn(path, 'sort_by=driver_name&sort_order=desc')).toBe('Ana Bob Zoë');
    expect(await borrowersIn(path, 'sort_by=medallion_number&sort_order=asc')).toBe('Bob Ana Zoë');
    expect(await borrowersIn(path, 'sort_by=medallion_number&sort_order=desc')).toBe('Zoë Ana Bob');
  });

  it.each([
    ['status', 'status=ACTIVE,LOST'],
    ['status', 'status='],
    ['status', 'status=DRAFT&status=DRAFT'],
    ['tlc_license_number', 'tlc_license_number=%25'],
    ['driver_name', 'driver_name='],
    ['medallion_number', 'medallion_number='],
    ['amount_from', 'amount_from=-1'],
    ['amount_to', 'amount_to=1%2C000'],
    ['rate_from', 'rate_from=5%25'],
    ['rate_to', 'rate_to=1e1'],
    ['start_week_from', 'start_week_from=2025-02-30'],
    ['start_week_to', 'start_week_to=now'],
    ['sort_by', 'sort_by=last_name'],
  ])('rejects a false %s: %s', async (field, query) => {
    expectFieldErrors(await app.as('FINANCE').get(`${path}?${query}`), field);
  });
});

describe('a range of amounts', () => {
  it.each([
    ['amount_from=600', 'Bob Zoë'],
    ['amount_to=600.00', 'Ana Bob'],
    ['amount_from=300.01&amount_to=899.99', 'Bob'],
  ])('is of the amount lent in a list of loans: %s', async (query, names) => {
    expect(await borrowersIn('/loans', `sort_by=loan_amount&sort_order=asc&${query}`)).toBe(names);
  });

  it.each(['/loans/installments', '/loans/installments/unposted'])(
    'is of the total due of an installment in %s',
    async (path) => {
      const read = async (query: string) =>
        (await app.as('FINANCE').get<Page<Row>>(`${path}?page_size=500&${query}`)).body.items;
      const all = await read('');
      const dues = all.map(({ total_due }) => Number(total_due)).sort((left, right) => left - right);
      const middle = Number(dues[Math.floor(dues.length / 2)]);
      const counts = [
        (await read(`amount_from=${middle}`)).length,
        (await read(`amount_to=${middle}`)).length,
      ];
      expect(counts).toEqual([
        dues.filter((due) => due >= middle).length,
        dues.filter((due) => due <= middle).length,
      ]);
      expect(Math.min(...counts)).toBeLessThan(all.length);
    },
  );
});

describe('several statuses', () => {
  it.each(['status=ON_HOLD,CLOSED', 'status=ON_HOLD&status=CLOSED'])('are taken as %s', async (query) => {
    expect(await borrowersIn('/loans', query)).toBe('Bob');
  });

  it('list what has one of them', async () => {
    expect(await borrowersIn('/loans', 'status=ACTIVE,ON_HOLD&sort_by=start_week&sort_order=asc')).toBe(
      'Ana Bob Zoë',
    );
    expect(await borrowersIn('/loans/installments', 'status=DUE,POSTED')).toBe('Ana');
    expect(await borrowersIn('/loans/installments/unposted', 'status=DUE,SCHEDULED&driver_name=bob')).toBe(
      'Bob',
    );
  });
});

describe('the sums and files of a filtered list', () => {
  it('are of its records', async () => {
    const unposted = await app
      .as('FINANCE')
      .get<Page<Row> & { totals: { installments: number } }>(
        '/loans/installments/unposted?rate_from=6&page_size=500',
      );
    expect(unposted.body.items.length).toBeGreaterThan(0);
    expect(unposted.body.totals.installments).toBe(unposted.body.items.length);
    const statistics = await app
      .as('FINANCE')
      .get('/loans/statistics/summary?status=ACTIVE,ON_HOLD&amount_from=600&medallion_number=2b22');
    expect(statistics.body).toMatchObject({ total_loans: 1, total_amount_disbursed: '600.00' });
  });

  it('name the filters and the order', async () => {
    const filters = 'status=ACTIVE,ON_HOLD&amount_from=600&rate_to=10&driver_name=zoe&sort_by=driver_name';
    const file = await app.as('FINANCE').get<object>(`/loans/export/json?${filters}`);
    expect(file.body).toMatchObject({ items: [{ loan_id: loanOf['Zoë'] }] });
    expect(file.headers['content-disposition']).toContain('loans-active-on-hold-');
    expect(JSON.stringify(file.body)).toContain('Active, On hold');
    const installments = await app
      .as('FINANCE')
      .get<Page<Row>>('/loans/installments/export/json?tlc_license_number=TLC-700');
    expect(new Set(installments.body.items.map(({ loan_id }) => loan_id))).toEqual(new Set([loanOf['Bob']]));
  });
});
