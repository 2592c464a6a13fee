import type { LoanListItem } from '../../src/modules/loans/overview/loan.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ApiClient } from '../support/api-client.js';
import { aDriver, aLease, aLoan } from '../support/factories.js';
import { expectFieldErrors } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { queryOf } from './support/query.js';
import type { Filters } from './support/query.js';

const TODAY = '2025-10-29T09:00:00-04:00';

let app: TestApp;

let finance: ApiClient;

const list = async (filters: Filters): Promise<Page<LoanListItem>> => {
  const answer = await finance.get<Page<LoanListItem>>(`/loans?${queryOf(filters)}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

beforeAll(async () => {
  app = await startTestApp({ now: TODAY });
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

describe('GET /loans', () => {
  /** The loan ids by letter. Only this describe block creates loans before they are listed. */
  const idOf = new Map<string, string>();
  const ids = { amar: 0, ivan: 0, joe: 0, dayLease: 0, nightLease: 0, ivansLease: 0, joesLease: 0 };

  const lettersOf = ({ items }: Page<LoanListItem>): string =>
    items.map(({ loan_id }) => [...idOf].find(([, id]) => id === loan_id)?.[0] ?? '?').join('');
  const found = async (filters: Filters): Promise<string> => {
    const page = await list({ sort_by: 'created_on', sort_order: 'asc', ...filters });
    expect(page.total).toBe(page.items.length);
    return lettersOf(page);
  };

  beforeAll(async () => {
    const person = async (
      tlc_license_number: string,
      first_name: string,
      last_name: string,
    ): Promise<number> => (await aDriver(app, { tlc_license_number, first_name, last_name })).id;
    ids.amar = await person('SCAN-5001', 'Amar', 'D\u00edaz Singh');
    ids.ivan = await person('SCAN-6001', 'Иван', 'Петров');
    ids.joe = await person('SCAN-6002', 'Jo_hn', '李 100%\\');
    ids.dayLease = (await aLease(app, { driver_id: ids.amar })).id;
    ids.nightLease = (await aLease(app, { driver_id: ids.amar })).id;
    ids.ivansLease = (await aLease(app, { driver_id: ids.ivan })).id;
    ids.joesLease = (await aLease(app, { driver_id: ids.joe })).id;
    const { amar, ivan, joe, dayLease, nightLease, ivansLease, joesLease } = ids;
    const loans = [
      ['a', '2025-10-29', amar, dayLease, '500.00', '2025-11-02', null],
      ['b', '2025-10-30', amar, nightLease, '1000.00', '2025-11-16', 'ON_HOLD'],
      ['c', '2025-10-30', ivan, ivansLease, '90.00', '2025-11-09', 'CANCELLED'],
      ['d', '2025-10-31', joe, joesLease, '500.00', '2025-10-26', null],
      ['e', '2025-11-01', ivan, ivansLease, '500.00', '2025-11-02', 'ON_HOLD'],
    ] as const;
    for (const [letter, day, driver_id, lease_id, loan_amount, start_week, status] of loans) {
      app.clock.set(`${day}T09:00:00-04:00`);
      const { loan_id } = await aLoan(app, { driver_id, lease_id, loan_amount, start_week });
      if (status) await finance.put(`/loans/${loan_id}/status`, { status, reason: 'Set up' });
      idOf.set(letter, loan_id);
    }
    app.clock.set('2025-11-01T12:00:00-04:00');
    await finance.post('/loans/installments/post', { loan_id: idOf.get('d') });
    await finance.post('/ledger/payments', {
      driver_id: joe,
      lease_id: joesLease,
      amount: '30.00',
      payment_period_start: '2025-10-26',
      source_type: 'WEEKLY_EARNINGS',
      source_id: 'EARN-1',
    });
  });

  it('lists all loans, newest first, with driver, lease and totals', async () => {
    const page = await list({});
    expect(page).toMatchObject({ total: 5, page: 1, page_size: 50, total_pages: 1 });
    expect(lettersOf(page)).toBe('edcba');
    expect(page.items[0]).toMatchObject({
      loan_date: '2025-11-01',
      driver: { id: ids.ivan, tlc_license_number: 'SCAN-6001', first_name: 'Иван', last_name: 'Петров' },
      lease: { id: ids.ivansLease },
      total_interest: '0.00',
      total_payable: '500.00',
      next_due_date: '2025-11-08',
    });
    const cancelled = page.items.find(({ status }) => status === 'CANCELLED');
    expect(cancelled).toMatchObject({ next_due_date: null, total_payable: '90.00' });
  });

  it('accepts a trailing slash in the URL', async () => {
    expect((await finance.get('/loans/?status=CANCELLED')).body).toMatchObject({ total: 1 });
  });

  it.each<[string, () => Filters, string]>([
    ['driver', () => ({ driver_id: ids.ivan }), 'ce'],
    ['lease', () => ({ lease_id: ids.nightLease }), 'b'],
    ['status', () => ({ status: 'ON_HOLD' }), 'be'],
    ['a status without loans', () => ({ status: 'CLOSED' }), ''],
    ['first date', () => ({ date_from: '2025-10-31' }), 'de'],
    ['last date', () => ({ date_to: '2025-10-29' }), 'a'],
    ['both dates', () => ({ date_from: '2025-10-30', date_to: '2025-10-31' }), 'bcd'],
    ['dates in reverse order', () => ({ date_from: '2025-10-31', date_to: '2025-10-30' }), ''],
    ['driver and status', () => ({ driver_id: ids.ivan, status: 'ON_HOLD' }), 'e'],
    ['a driver and the lease of another driver', () => ({ driver_id: ids.ivan, lease_id: ids.dayLease }), ''],
    ['name and date', () => ({ q: 'Петров', date_to: '2025-10-31' }), 'c'],
    [
      'all filters',
      () => ({
        driver_id: ids.amar,
        lease_id: ids.nightLease,
        status: 'ON_HOLD',
        date_from: '2025-10-30',
        date_to: '2025-10-30',
        q: 'singh',
      }),
      'b',
    ],
  ])('filters by %s', async (_, filters, letters) => {
    expect(await found(filters())).toBe(letters);
  });

  it.each([
    ['SCAN-5001', 'ab'],
    ['scan-5001\r\n', 'ab'],
    ['SCAN-6', 'cde'],
    ['Singh', 'ab'],
    ['AMAR DÍAZ', 'ab'],
    ['Diaz Singh, Amar', 'ab'],
    ['TLC scan 5001', ''],
    ['di\u0301az singh amar', 'ab'],
    ['петров', 'ce'],
    ['ИВАН ПЕТ', 'ce'],
    ['李', 'd'],
    ['%', 'd'],
    ['_', 'd'],
    ['\\', 'd'],
    ["' OR 1=1 --", ''],
  ])('finds by TLC number or name in any script, and treats wildcards as text: %j', async (q, letters) => {
    expect(await found({ q })).toBe(letters);
  });

  it.each(['q=', 'q=%20%20', 'status=', 'date_from='])('rejects the empty filter %s', async (filter) => {
    const [field = ''] = filter.split('=');
    expectFieldErrors(await finance.get(`/loans?${filter}`), field);
  });

  it('finds by the loan id or a part of it, in any letter case', async () => {
    const id = idOf.get('c') ?? '';
    expect(await found({ q: id })).toBe('c');
    expect(await found({ q: id.toLowerCase() })).toBe('c');
    expect(await found({ q: 'DL-2025' })).toBe('abcde');
  });

  it.each([
    ['loan_date', 'abcde', 'edcba'],
    ['created_on', 'abcde', 'edcba'],
    ['start_week', 'daecb', 'bcead'],
    ['loan_amount', 'cadeb', 'bedac'],
    ['outstanding_balance', 'cdaeb', 'beadc'],
  ])('sorts by %s, then by age', async (sort_by, asc, desc) => {
    expect(lettersOf(await list({ sort_by, sort_order: 'asc' }))).toBe(asc);
    expect(lettersOf(await list({ sort_by, sort_order: 'desc' }))).toBe(desc);
    expect(lettersOf(await list({ sort_by }))).toBe(desc);
  });

  it('returns pages that together contain every loan once, even with equal sort values', async () => {
    let letters = '';
    for (const page of [1, 2, 3]) {
      const part = await list({ sort_by: 'loan_amount', page, page_size: 2 });
      expect(part).toMatchObject({ total: 5, page, page_size: 2, total_pages: 3 });
      letters += lettersOf(part);
    }
    expect(letters).toBe('bedac');
    expect(await list({ page: 4, page_size: 2 })).toMatchObject({ items: [], total: 5, total_pages: 3 });
    expect(await list({ page: 1_000_000, page_size: 500 })).toMatchObject({ items: [], total: 5 });
    expect(await list({ q: 'no match' })).toMatchObject({ items: [], total: 0, total_pages: 0 });
  });

  it.each(['0', '501', 'abc', '1e2', '-1', '1.5', '', ' 5', '0x10', '5&page_size=6'])(
    'rejects the page size %j',
    async (size) => {
      const answer = await finance.get(`/loans?page_size=${size}`);
      expect(expectFieldErrors(answer, 'page_size').detail).toBe(
        'page_size must be a whole number from 1 to 500.',
      );
    },
  );

  it.each(['0', '1000001', 'abc', '1e2', '-1', '1.5', ''])('rejects the page %j', async (page) => {
    const answer = await finance.get(`/loans?page=${page}`);
    expect(expectFieldErrors(answer, 'page').detail).toBe('Page must be a whole number from 1 to 1000000.');
  });

  it.each([
    'driver_id=x',
    'driver_id=0',
    'driver_id=2147483648',
    'driver_id=1&driver_id=2',
    'lease_id=',
    'status=active',
    'status=ACTIVE&status=OPEN',
    'date_from=2025-02-29',
    'date_from=2025-10-29T00:00:00Z',
    'date_to=29.10.2025',
    'q=%00',
    'q=%1b',
    `q=${'x'.repeat(101)}`,
    'q=a&q=b',
    'sort_by=notes',
    'sort_by=constructor',
    'sort_by=loan_date;drop table users',
    'sort_order=DESC',
    'medallion_id=1',
  ])('rejects ?%s', async (filter) => {
    expectFieldErrors(
      await finance.get(`/loans?${encodeURI(filter).replaceAll('%25', '%')}`),
      filter.split('=')[0] ?? '',
    );
  });
});
