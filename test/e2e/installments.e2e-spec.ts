import { addDays, calendarDate } from '../../src/kernel/calendar/calendar-date.js';
import type { InstallmentListItem } from '../../src/modules/loans/installments/installment.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { Page } from '../../src/platform/database/page.js';
import { aDriver, aLease, aLoan, aMedallion } from '../support/factories.js';
import type { LeaseRow } from '../support/factories.js';
import { expectFieldErrors } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { listOf } from './support/loan-pages.js';

const WEDNESDAY = '2025-10-29T09:00:00-04:00';

describe('GET /loans/installments and /loans/installments/unposted', () => {
  let app: TestApp;
  const leases: Record<string, LeaseRow> = {};
  const loans: Record<string, LoanDetailResponse> = {};

  const all = listOf(() => app.as('MANAGER'), '/loans/installments');
  const unposted = listOf(() => app.as('MANAGER'), '/loans/installments/unposted');

  const leaseOf = (letter: string): LeaseRow => leases[letter] as LeaseRow;
  const loanOf = (letter: string): LoanDetailResponse => loans[letter] as LoanDetailResponse;

  /** 'p1 p2 n1': the letters of the loans and the installment numbers, in list order. */
  const namesOf = ({ items }: Page<InstallmentListItem>): string =>
    items
      .map(({ loan_id, installment_number }) => {
        const [letter] = Object.entries(loans).find(([, loan]) => loan.loan_id === loan_id) ?? ['?'];
        return `${letter}${installment_number}`;
      })
      .join(' ');

  beforeAll(async () => {
    app = await startTestApp({ now: WEDNESDAY });
    // so that no medallion has the same id as its vehicle
    for (let n = 0; n < 5; n += 1) await aMedallion(app);
    const lend = async (
      letter: string,
      driverId: number,
      loan_amount: string,
      start_week: string,
    ): Promise<void> => {
      const lease = await aLease(app, { driver_id: driverId });
      leases[letter] = lease;
      loans[letter] = await aLoan(app, { driver_id: driverId, lease_id: lease.id, loan_amount, start_week });
    };
    const driver = await aDriver(app, {
      tlc_license_number: 'TLC-7',
      first_name: 'Amara',
      last_name: 'Diallo',
    });
    // p: first week posted; n: begins on 2025-11-02; h: on hold; c: cancelled
    await lend('p', driver.id, '300.00', '2025-10-26');
    await lend('n', driver.id, '250.00', '2025-11-02');
    await lend('h', (await aDriver(app)).id, '150.00', '2025-11-02');
    await lend('c', (await aDriver(app)).id, '100.00', '2025-10-26');
    const finance = app.as('FINANCE');
    await finance.put(`/loans/${loanOf('h').loan_id}/status`, { status: 'ON_HOLD', reason: 'Leave' });
    await finance.put(`/loans/${loanOf('c').loan_id}/status`, { status: 'CANCELLED', reason: 'Mistake' });
    await finance.post('/loans/installments/post', {});
  });

  afterAll(() => app.close());

  beforeEach(() => app.clock.set(WEDNESDAY));

  it('list installments by due date, each with its loan, driver, medallion and vehicle', async () => {
    const page = await all({});
    expect(page).toMatchObject({ total: 8, page: 1, page_size: 50, total_pages: 1 });
    expect(namesOf(page)).toBe('p1 c1 p2 n1 h1 p3 n2 n3');
    const posted = page.items[0];
    const { id: clerk } = (await app.as('FINANCE').get<{ id: number }>('/auth/me')).body;
    const [loan, lease] = [loanOf('p'), leaseOf('p')];
    expect(posted).toEqual({
      id: expect.any(Number),
      installment_id: `${loan.loan_id}-INST-01`,
      loan_id: loan.loan_id,
      installment_number: 1,
      due_date: '2025-11-01',
      week_start: '2025-10-26',
      week_end: '2025-11-01',
      principal_amount: '100.00',
      interest_amount: '0.00',
      total_due: '100.00',
      principal_paid: '0.00',
      interest_paid: '0.00',
      principal_written_off: '0.00',
      interest_written_off: '0.00',
      outstanding_balance: '100.00',
      status: 'POSTED',
      ledger_balance_id: expect.stringMatching(/^LB-2025-\d{6}$/),
      posted_to_ledger: true,
      posted_on: new Date(WEDNESDAY).toISOString(),
      posted_by: clerk,
      interest_basis: {
        principal: '300.00',
        annual_rate: '0.00',
        from: '2025-10-29',
        to: '2025-11-01',
        days: 3,
      },
      interest_carried: '0.00',
      loan_status: 'ACTIVE',
      driver_id: loan.driver_id,
      tlc_license_number: 'TLC-7',
      driver_name: 'Amara Diallo',
      lease_id: lease.id,
      lease_number: lease.lease_number,
      medallion_id: lease.medallion_id,
      medallion_number: loan.lease.medallion_number,
      vehicle_id: lease.vehicle_id,
      vehicle_plate: loan.lease.vehicle_plate,
    });
  });

  it('list as unposted the installments of active loans and loans on hold', async () => {
    const page = await unposted({});
    expect(namesOf(page)).toBe('p2 n1 h1 p3 n2 n3');
    expect(page.items.map(({ loan_status }) => loan_status)).toContain('ON_HOLD');
  });

  it('return totals over all pages, and separate totals without loans on hold', async () => {
    const sums = { interest_amount: '0.00' };
    expect(await unposted({ page_size: 1 })).toMatchObject({
      totals: { ...sums, installments: 6, principal_amount: '600.00', total_due: '600.00' },
      to_post: { ...sums, installments: 5, principal_amount: '450.00', total_due: '450.00' },
    });
    expect(await unposted({ loan_id: loanOf('h').loan_id })).toMatchObject({
      totals: { installments: 1, total_due: '150.00' },
      to_post: { installments: 0, principal_amount: '0.00', interest_amount: '0.00', total_due: '0.00' },
    });
  });

  it.each<[string, () => Record<string, string | number>, string, string]>([
    ['loan', () => ({ loan_id: loanOf('n').loan_id }), 'n1 n2 n3', 'n1 n2 n3'],
    ['a loan that does not exist', () => ({ loan_id: 'DL-2025-9999' }), '', ''],
    ['driver', () => ({ driver_id: leaseOf('p').driver_id }), 'p1 p2 n1 p3 n2 n3', 'p2 n1 p3 n2 n3'],
    ['lease', () => ({ lease_id: leaseOf('p').id }), 'p1 p2 p3', 'p2 p3'],
    ['medallion', () => ({ medallion_id: leaseOf('h').medallion_id }), 'h1', 'h1'],
    ['vehicle', () => ({ vehicle_id: leaseOf('c').vehicle_id }), 'c1', ''],
    ['first week', () => ({ period_start: '2025-11-09' }), 'p3 n2 n3', 'p3 n2 n3'],
    ['last week', () => ({ period_end: '2025-11-08' }), 'p1 c1 p2 n1 h1', 'p2 n1 h1'],
    ['one week', () => ({ period_start: '2025-11-02', period_end: '2025-11-08' }), 'p2 n1 h1', 'p2 n1 h1'],
    ['status POSTED', () => ({ status: 'POSTED' }), 'p1', ''],
    ['status SKIPPED', () => ({ status: 'SKIPPED' }), 'c1', ''],
    [
      'all filters',
      () => ({
        loan_id: loanOf('n').loan_id,
        driver_id: leaseOf('n').driver_id,
        lease_id: leaseOf('n').id,
        medallion_id: leaseOf('n').medallion_id,
        vehicle_id: leaseOf('n').vehicle_id,
        period_start: '2025-11-09',
        period_end: '2025-11-15',
        status: 'SCHEDULED',
      }),
      'n2',
      'n2',
    ],
    [
      'a medallion and a vehicle of different leases',
      () => ({ medallion_id: leaseOf('n').medallion_id, vehicle_id: leaseOf('p').vehicle_id }),
      '',
      '',
    ],
  ])('filter by %s', async (_, filters, inAll, inUnposted) => {
    expect(namesOf(await all(filters()))).toBe(inAll);
    expect(namesOf(await unposted(filters()))).toBe(inUnposted);
  });

  it('filter by whether an installment is posted', async () => {
    expect(namesOf(await all({ posted: true }))).toBe('p1');
    expect(namesOf(await all({ posted: false, loan_id: loanOf('p').loan_id }))).toBe('p2 p3');
  });

  it('show installments as due from midnight in New York at the start of their week', async () => {
    app.clock.set('2025-11-01T23:59:59-04:00');
    expect(namesOf(await unposted({ status: 'DUE' }))).toBe('');
    expect(namesOf(await unposted({ status: 'SCHEDULED' }))).toBe('p2 n1 h1 p3 n2 n3');
    app.clock.set('2025-11-02T00:00:00-04:00');
    expect(namesOf(await unposted({ status: 'DUE' }))).toBe('p2 n1 h1');
    expect(namesOf(await unposted({ status: 'SCHEDULED' }))).toBe('p3 n2 n3');
    const detail = await app.as('MANAGER').get<LoanDetailResponse>(`/loans/${loanOf('n').loan_id}`);
    expect(detail.body.installments.map(({ status }) => status)).toEqual(['DUE', 'SCHEDULED', 'SCHEDULED']);
  });

  it('show one of a loan on hold as DUE when its week has begun, although nothing is due of the loan', async () => {
    app.clock.set('2025-11-02T00:00:00-04:00');
    const held = await app.as('MANAGER').get<LoanDetailResponse>(`/loans/${loanOf('h').loan_id}`);
    expect(held.body.installments[0]).toMatchObject({ status: 'DUE', posted_to_ledger: false });
    expect(held.body).toMatchObject({ status: 'ON_HOLD', amount_due: '0.00', amount_overdue: '0.00' });
  });

  it.each([
    ['due_date', 'desc', 'n3 n2 p3 h1 n1 p2'],
    ['total_due', 'asc', 'n3 p2 p3 n1 n2 h1'],
    ['total_due', 'desc', 'h1 n2 n1 p3 p2 n3'],
    ['installment_id', 'asc', 'p2 p3 n1 n2 n3 h1'],
  ])('sort by %s, %s', async (sort_by, sort_order, names) => {
    expect(namesOf(await unposted({ sort_by, sort_order }))).toBe(names);
  });

  it('return pages that together contain every installment once', async () => {
    const pages = [1, 2, 3].map((page) => all({ page, page_size: 3, sort_by: 'total_due' }));
    const items = (await Promise.all(pages)).flatMap((page) => page.items.map(({ id }) => id));
    expect(new Set(items).size).toBe(8);
    expect(await unposted({ page: 2, page_size: 5 })).toMatchObject({ total: 6, total_pages: 2 });
  });

  it.each([
    'loan_id=',
    'loan_id=%00',
    'driver_id=x',
    'medallion_id=0',
    'vehicle_id=1.5',
    'period_start=2025-11-31',
    'period_end=tomorrow',
    'status=OPEN',
    'sort_by=driver',
    'page_size=501',
    'q=x',
  ])('reject ?%s', async (filter) => {
    const [field = ''] = filter.split('=');
    expectFieldErrors(await app.as('MANAGER').get(`/loans/installments?${filter}`), field);
    expectFieldErrors(await app.as('MANAGER').get(`/loans/installments/unposted?${filter}`), field);
  });

  it('find one installment by its id, with its loan', async () => {
    const { loan_id } = loanOf('n');
    const page = await all({ installment_id: `${loan_id}-INST-02` });
    expect(namesOf(page)).toBe('n2');
    expect(page.items).toMatchObject([{ loan_id }]);
    expect((await all({ installment_id: `${loan_id}-INST-99` })).total).toBe(0);
  });

  it('reject an invalid posted flag, and any posted flag for the unposted list', async () => {
    expectFieldErrors(await app.as('MANAGER').get('/loans/installments?posted=1'), 'posted');
    expectFieldErrors(await app.as('MANAGER').get('/loans/installments/unposted?posted=false'), 'posted');
  });
});

describe('GET /loans/posting-timetable', () => {
  let app: TestApp;
  afterEach(() => app.close());

  it.each([
    ['before five on Sunday', '2025-11-02T04:59:59-05:00', '2025-11-02', '2025-11-02T10:00:00.000Z'],
    ['from five on Sunday', '2025-11-02T05:00:00-05:00', '2025-11-09', '2025-11-09T10:00:00.000Z'],
    ['before a clock change', '2026-03-07T23:30:00-05:00', '2026-03-08', '2026-03-08T09:00:00.000Z'],
  ])('returns the next scheduled run %s', async (_, now, week_start, at) => {
    app = await startTestApp({ now });
    const answer = await app.as('MANAGER').get('/loans/posting-timetable');
    expect(answer.body).toEqual({
      today: now.slice(0, 10),
      time_zone: 'America/New_York',
      next_run: { week_start, week_end: addDays(calendarDate(week_start), 6), at },
    });
  });
});
