import { addDays, calendarDate } from '../../src/kernel/calendar/calendar-date.js';
import type { InstallmentListItem } from '../../src/modules/loans/http/installment.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/http/loan.response.js';
import type { PostingResultResponse } from '../../src/modules/loans/http/posting-result.response.js';
import type {
  PostingRunDetailResponse,
  PostingRunResponse,
} from '../../src/modules/loans/http/posting-run.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { aDriver, aLease, aLoan, aMedallion } from '../support/factories.js';
import type { LeaseRow } from '../support/factories.js';
import { expectFieldsRefused, expectRefusal } from '../support/refusal.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { queryOf } from './support/query.js';
import type { Filters } from './support/query.js';

const WEDNESDAY = '2025-10-29T09:00:00-04:00';

const listOf =
  (client: () => ApiClient, path: string) =>
  async <T = InstallmentListItem>(filters: Filters): Promise<Page<T>> => {
    const answer = await client().get<Page<T>>(`${path}?${queryOf(filters)}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };

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

  it('answer totals over all pages, and separate totals without loans on hold', async () => {
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

  it.each([
    ['due_date', 'desc', 'n3 n2 p3 h1 n1 p2'],
    ['total_due', 'asc', 'n3 p2 p3 n1 n2 h1'],
    ['total_due', 'desc', 'h1 n2 n1 p3 p2 n3'],
    ['installment_id', 'asc', 'p2 p3 n1 n2 n3 h1'],
  ])('sort by %s, %s', async (sort_by, sort_order, names) => {
    expect(namesOf(await unposted({ sort_by, sort_order }))).toBe(names);
  });

  it('answer pages that together contain every installment once', async () => {
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
    'sort_by=driver_name',
    'page_size=501',
    'q=x',
  ])('reject ?%s', async (filter) => {
    const [field = ''] = filter.split('=');
    expectFieldsRefused(await app.as('MANAGER').get(`/loans/installments?${filter}`), field);
    expectFieldsRefused(await app.as('MANAGER').get(`/loans/installments/unposted?${filter}`), field);
  });

  it('reject an invalid posted flag, and any posted flag for the unposted list', async () => {
    expectFieldsRefused(await app.as('MANAGER').get('/loans/installments?posted=1'), 'posted');
    expectFieldsRefused(await app.as('MANAGER').get('/loans/installments/unposted?posted=false'), 'posted');
  });
});

describe('GET /loans/posting-timetable', () => {
  let app: TestApp;
  afterEach(() => app.close());

  it.each([
    ['before five on Sunday', '2025-11-02T04:59:59-05:00', '2025-11-02', '2025-11-02T10:00:00.000Z'],
    ['from five on Sunday', '2025-11-02T05:00:00-05:00', '2025-11-09', '2025-11-09T10:00:00.000Z'],
    ['before a clock change', '2026-03-07T23:30:00-05:00', '2026-03-08', '2026-03-08T09:00:00.000Z'],
  ])('answers the next scheduled run %s', async (_, now, week_start, at) => {
    app = await startTestApp({ now });
    const answer = await app.as('MANAGER').get('/loans/posting-timetable');
    expect(answer.body).toEqual({
      today: now.slice(0, 10),
      time_zone: 'America/New_York',
      next_run: { week_start, week_end: addDays(calendarDate(week_start), 6), at },
    });
  });
});

describe('POST /loans/installments/post', () => {
  let app: TestApp;
  const runs = listOf(() => app.as('MANAGER'), '/loans/posting-runs');

  const post = (body?: object): Promise<ApiAnswer<PostingResultResponse>> =>
    app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', body);
  const ledger = (): Promise<unknown> =>
    app.db.query(`SELECT (SELECT json_agg(s ORDER BY s.id) FROM loan_schedules s) AS schedules,
                         (SELECT count(*) FROM ledger_postings) AS postings,
                         (SELECT count(*) FROM ledger_balances) AS balances`);

  beforeAll(async () => {
    app = await startTestApp({ now: WEDNESDAY });
  });
  afterAll(() => app.close());
  beforeEach(() => app.clock.set(WEDNESDAY));
  // each test posts only its own loans
  afterEach(() => post({ payment_period_end: '2025-11-01' }));

  it('posts the current week by default and answers the totals', async () => {
    for (let n = 0; n < 3; n += 1) await aLoan(app, { loan_amount: '300.00' });
    expect(await post()).toMatchObject({
      status: 200,
      body: {
        run_id: expect.any(Number),
        success: true,
        message: 'Posted 3/3 installments',
        dry_run: false,
        period_start: '2025-10-26',
        period_end: '2025-11-01',
        installments_processed: 3,
        installments_posted: 3,
        total_amount_posted: '300.00',
        errors: null,
      },
    });
    expect((await post({})).body).toMatchObject({
      success: true,
      message: 'Posted 0/0 installments',
      total_amount_posted: '0.00',
      errors: null,
    });
  });

  it('answers the same in a dry run, which posts nothing', async () => {
    await aLoan(app, { loan_amount: '300.00' });
    const before = await ledger();
    const dry = (await post({ dry_run: true })).body;
    expect(await ledger()).toEqual(before);
    expect(dry).toMatchObject({ dry_run: true, message: 'Would post 1/1 installments' });
    const real = (await post({ dry_run: false })).body;
    expect(real).toEqual({
      ...dry,
      run_id: dry.run_id + 1,
      dry_run: false,
      message: 'Posted 1/1 installments',
    });
  });

  it('posts a single loan on request', async () => {
    const [one, other] = [await aLoan(app), await aLoan(app)];
    expect((await post({ loan_id: one.loan_id })).body).toMatchObject({ installments_posted: 1 });
    const statusOf = async ({ loan_id }: LoanDetailResponse): Promise<string | undefined> =>
      (await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loan_id}`)).body.installments[0]?.status;
    expect([await statusOf(one), await statusOf(other)]).toEqual(['POSTED', 'DUE']);
  });

  it('posts several weeks, each installment under its own week', async () => {
    const { loan_id, driver_id } = await aLoan(app);
    app.clock.set('2025-11-12T09:00:00-05:00');
    const body = { loan_id, payment_period_start: '2025-10-26', payment_period_end: '2025-11-08' };
    expect((await post(body)).body).toMatchObject({
      ...{ period_start: '2025-10-26' },
      installments_posted: 2,
    });
    const balances = await app.as('FINANCE').get(`/ledger/balances?driver_id=${driver_id}&sort_order=asc`);
    expect(balances.body).toMatchObject({
      items: [
        { payment_period_start: '2025-10-26', payment_period_end: '2025-11-01', due_date: '2025-11-01' },
        { payment_period_start: '2025-11-02', payment_period_end: '2025-11-08', due_date: '2025-11-08' },
      ],
    });
  });

  it.each([
    [{ payment_period_start: '2025-10-26' }, '2025-10-26', '2025-11-01'],
    [{ payment_period_end: '2025-10-25' }, '2025-10-19', '2025-10-25'],
    [{ payment_period_start: '2025-09-28', payment_period_end: '2025-10-25' }, '2025-09-28', '2025-10-25'],
  ])('covers the weeks of %j', async (asked, period_start, period_end) => {
    expect((await post(asked)).body).toMatchObject({ period_start, period_end });
  });

  it.each([
    [
      { payment_period_start: '2025-10-27' },
      'payment_period_start',
      'A period begins on a Sunday: 2025-10-27 is none, 2025-10-26 and 2025-11-02 are.',
    ],
    [
      { payment_period_start: '2025-10-19', payment_period_end: '2025-10-24' },
      'payment_period_end',
      'A period ends on a Saturday, such as 2025-10-25; 2025-10-24 is none.',
    ],
    [
      { payment_period_start: '2025-10-26', payment_period_end: '2025-10-25' },
      'payment_period_end',
      'The period ends on 2025-10-25, before it begins on 2025-10-26.',
    ],
  ])('rejects a period of incomplete weeks: %j', async (period, field, sentence) => {
    const { total } = await runs({});
    const problem = expectRefusal(await post(period), 400, 'POSTING_PERIOD_INVALID');
    expect(problem).toMatchObject({ detail: sentence, errors: [{ field, message: sentence }] });
    expect((await runs({})).total).toBe(total);
  });

  it.each([
    { payment_period_start: '2025-11-02' },
    { payment_period_start: '2025-10-26', payment_period_end: '2025-11-08' },
  ])('rejects a week that has not begun: %j', async (period) => {
    const problem = expectRefusal(await post(period), 400, 'POSTING_WEEK_NOT_BEGUN');
    expect(problem.detail).toBe('The week of 2025-11-02 has not begun; today is 2025-10-29.');
  });

  it('rejects a loan that does not exist', async () => {
    const problem = expectRefusal(await post({ loan_id: 'DL-2025-9999' }), 400, 'LOAN_UNKNOWN');
    expect(problem.errors).toEqual([{ field: 'loan_id', message: 'There is no loan DL-2025-9999.' }]);
  });

  it.each([
    ['dry_run', 'true'],
    ['dry_run', null],
    ['dry_run', 1],
    ['loan_id', null],
    ['loan_id', ''],
    ['loan_id', ['DL-2025-0001']],
    ['payment_period_start', null],
    ['payment_period_start', '2025-02-30'],
    ['payment_period_end', '2025-10-25T00:00:00Z'],
    ['driver_id', 1],
  ])('rejects %s %j', async (field, value) => {
    expectFieldsRefused(await post({ [field]: value }), field);
  });

  it('requires loans:post', async () => {
    const { total } = await runs({});
    const answer = await app.as('MANAGER').post('/loans/installments/post', { dry_run: true });
    expect(expectRefusal(answer, 403, 'PERMISSION_MISSING').detail).toContain('loans:post');
    expect((await runs({})).total).toBe(total);
  });

  describe('the record of a run', () => {
    it('contains its totals, its user and its times', async () => {
      const { loan_id } = await aLoan(app, { loan_amount: '300.00' });
      const { id: clerk } = (await app.as('FINANCE').get<{ id: number }>('/auth/me')).body;
      const { run_id } = (await post({ loan_id })).body;
      const now = new Date(WEDNESDAY).toISOString();
      const run = await app.as('MANAGER').get<PostingRunDetailResponse>(`/loans/posting-runs/${run_id}`);
      expect(run).toMatchObject({ status: 200 });
      expect(run.body).toEqual({
        run_id,
        trigger: 'API',
        status: 'COMPLETED',
        success: true,
        dry_run: false,
        period_start: '2025-10-26',
        period_end: '2025-11-01',
        loan_id,
        installments_due: 1,
        installments_posted: 1,
        installments_failed: 0,
        total_amount_posted: '100.00',
        credits_applied: '0.00',
        failure: null,
        started_by: clerk,
        started_at: now,
        finished_at: now,
        errors: [],
      });
      const { errors: _, ...listed } = run.body;
      expect((await runs<PostingRunResponse>({})).items[0]).toEqual(listed);
    });

    it('contains the installments that could not be posted', async () => {
      const { loan_id, driver_id, lease_id } = await aLoan(app, { loan_amount: '300.00' });
      const installmentId = `${loan_id}-INST-01`;
      await app.db.query(
        `INSERT INTO ledger_postings (posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
           source_id, payment_period_start, payment_period_end, status, posted_at)
         VALUES ('LP-2025-900000', $1, $2, 'DEBIT', 'LOANS', 5, 'LOAN_INSTALLMENT', $3, '2025-10-26', '2025-11-01',
           'POSTED', now())`,
        [driver_id, lease_id, installmentId],
      );
      const result = (await post({ loan_id })).body;
      const errors = [
        {
          installment_id: installmentId,
          code: 'SOURCE_ALREADY_POSTED',
          message: 'The ledger already holds a standing posting for this installment.',
        },
      ];
      expect(result).toMatchObject({ success: false, message: 'Posted 0/1 installments', errors });
      const run = await app.as('MANAGER').get(`/loans/posting-runs/${result.run_id}`);
      expect(run.body).toMatchObject({ status: 'COMPLETED', success: false, installments_failed: 1, errors });
      await app.as('FINANCE').put(`/loans/${loan_id}/status`, { status: 'CANCELLED', reason: 'Clean up' });
    });

    it('is listed by trigger, status and kind, latest first', async () => {
      const [dry, real] = [(await post({ dry_run: true })).body.run_id, (await post({})).body.run_id];
      const idsOf = async (filters: Record<string, string | number | boolean>): Promise<number[]> =>
        (await runs<PostingRunResponse>(filters)).items.map(({ run_id }) => run_id);
      expect((await idsOf({})).slice(0, 2)).toEqual([real, dry]);
      expect((await idsOf({ sort_order: 'asc', page_size: 500 })).slice(-2)).toEqual([dry, real]);
      expect((await idsOf({ dry_run: true }))[0]).toBe(dry);
      expect(await idsOf({ dry_run: false })).not.toContain(dry);
      expect(await idsOf({ trigger: 'API', status: 'COMPLETED', page_size: 1 })).toEqual([real]);
      expect(await idsOf({ trigger: 'CRON' })).toEqual([]);
      expect(await idsOf({ status: 'FAILED' })).toEqual([]);
    });

    it('is found by its number', async () => {
      expectRefusal(
        await app.as('MANAGER').get('/loans/posting-runs/2147483647'),
        404,
        'POSTING_RUN_NOT_FOUND',
      );
      for (const id of ['0', 'last', '2147483648', '1e1']) {
        expectFieldsRefused(await app.as('MANAGER').get(`/loans/posting-runs/${id}`), 'run_id');
      }
      for (const filter of ['trigger=HAND', 'status=DONE', 'dry_run=1', 'loan_id=DL-2025-0001']) {
        const answer = await app.as('MANAGER').get(`/loans/posting-runs?${filter}`);
        expectFieldsRefused(answer, filter.split('=')[0] ?? '');
      }
    });
  });
});
