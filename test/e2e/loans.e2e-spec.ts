import { addDays, calendarDate } from '../../src/kernel/calendar/calendar-date.js';
import type { LoanPreviewResponse } from '../../src/modules/loans/http/loan-preview.response.js';
import type { LoanDetailResponse, LoanListItem } from '../../src/modules/loans/http/loan.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ApiClient } from '../support/api-client.js';
import { aDriver, aLease, aLoan } from '../support/factories.js';
import { expectFieldsRefused, expectRefusal, fieldsOf } from '../support/refusal.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

/** A Wednesday in the payment week of 2025-10-26, as in the guide. */
const TODAY = '2025-10-29T09:00:00-04:00';

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp({ now: TODAY });
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(TODAY));

interface Borrower {
  driver_id: number;
  lease_id: number;
}

const aBorrower = async (): Promise<Borrower> => {
  const { driver_id, id: lease_id } = await aLease(app);
  return { driver_id, lease_id };
};

const TERMS = { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02' };

/** The example of domain.md: due date, principal, interest, total, and the principal and days of the interest. */
const EXAMPLE = [
  ['2025-11-08', '250.00', '4.11', '254.11', '1500.00', 10],
  ['2025-11-15', '250.00', '2.40', '252.40', '1250.00', 7],
  ['2025-11-22', '250.00', '1.92', '251.92', '1000.00', 7],
  ['2025-11-29', '250.00', '1.44', '251.44', '750.00', 7],
  ['2025-12-06', '250.00', '0.96', '250.96', '500.00', 7],
  ['2025-12-13', '250.00', '0.48', '250.48', '250.00', 7],
] as const;

const EXAMPLE_WEEKS = ['2025-11-02', '2025-11-09', '2025-11-16', '2025-11-23', '2025-11-30', '2025-12-07'];

const EXAMPLE_INSTALLMENTS = EXAMPLE.map(
  ([due_date, principal_amount, interest, total, base, days], index) => ({
    installment_number: index + 1,
    due_date,
    week_start: EXAMPLE_WEEKS[index],
    week_end: due_date,
    principal_amount,
    interest_amount: interest,
    total_due: total,
    interest_basis: {
      principal: base,
      annual_rate: '10.00',
      from: addDays(calendarDate(due_date), -days),
      to: due_date,
      days,
    },
  }),
);

const preview = (body: object): ReturnType<typeof finance.post<LoanPreviewResponse>> =>
  finance.post<LoanPreviewResponse>('/loans/preview', body);

const create = async (body: object): Promise<LoanDetailResponse> => {
  const answer = await finance.post<LoanDetailResponse>('/loans', body);
  expect(answer.status).toBe(201);
  return answer.body;
};

const rowsOf = async (...tables: string[]): Promise<number> => {
  const counts = await app.db.query<{ count: number }[]>(
    tables.map((table) => `SELECT count(*)::integer AS count FROM ${table}`).join(' UNION ALL '),
  );
  return counts.reduce((sum, { count }) => sum + count, 0);
};

describe('POST /loans/preview', () => {
  it('answers the schedule of the example, with the basis of each interest amount', async () => {
    expect(await preview(TERMS)).toMatchObject({ status: 200 });
    expect((await preview(TERMS)).body).toEqual({
      loan_amount: '1500.00',
      interest_rate: '10.00',
      loan_date: '2025-10-29',
      start_week: '2025-11-02',
      end_week: '2025-12-13',
      weekly_principal: '250.00',
      total_interest: '11.31',
      total_payable: '1511.31',
      installments: EXAMPLE_INSTALLMENTS,
    });
  });

  it.each([
    ['0.01', '20.00', '2025-10-26'],
    ['200.00', '7.35', '2025-11-02'],
    ['200.01', '7.35', '2025-11-02'],
    ['500.50', '0.00', '2025-11-30'],
    ['1000.99', '12.50', '2026-02-22'],
    ['3000.01', '20', '2025-11-02'],
    ['50000.00', '19.99', '2026-10-25'],
  ])('answers exactly what a creation stores: %s at %s %% from %s', async (amount, rate, start_week) => {
    const body = { ...(await aBorrower()), loan_amount: amount, interest_rate: rate, start_week };
    const { installments, weekly_principal: _, ...shown } = (await preview(body)).body;
    const loan = await create(body);
    expect(loan).toMatchObject(shown);
    expect(loan.installments).toHaveLength(installments.length);
    expect(loan.installments).toMatchObject(installments);
  });

  it('writes nothing', async () => {
    const borrower = await aBorrower();
    const before = await rowsOf('driver_loans', 'loan_schedules', 'loan_status_changes');
    const numberOf = async (): Promise<unknown> =>
      app.db.query('SELECT last_value, is_called FROM driver_loan_number');
    const number = await numberOf();
    await preview({ ...borrower, ...TERMS });
    expect(await rowsOf('driver_loans', 'loan_schedules', 'loan_status_changes')).toBe(before);
    expect(await numberOf()).toEqual(number);
  });

  it('accepts amounts and rates as numbers', async () => {
    const asNumbers = await preview({ ...TERMS, loan_amount: 1500.0, interest_rate: 10 });
    expect(asNumbers.body).toEqual((await preview(TERMS)).body);
    expect((await preview({ ...TERMS, loan_amount: 0.1 })).body.loan_amount).toBe('0.10');
  });

  it('uses no interest by default', async () => {
    const { interest_rate: _, ...terms } = TERMS;
    expect((await preview(terms)).body).toMatchObject({ interest_rate: '0.00', total_payable: '1500.00' });
  });

  it('validates the borrower if one is given', async () => {
    const { driver_id, id: lease_id } = await aLease(app, {
      driver_id: (await aDriver(app, { status: 'SUSPENDED' })).id,
    });
    expectRefusal(await preview({ ...TERMS, driver_id, lease_id }), 400, 'DRIVER_NOT_ACTIVE');
  });
});

describe('POST /loans', () => {
  it('creates a loan with all fields, its borrower and its installments', async () => {
    const driver = await aDriver(app, { first_name: 'Amara', last_name: 'Diallo' });
    const lease = await aLease(app, { driver_id: driver.id });
    const [cab] = await app.db.query<[{ medallion_number: string; plate: string }]>(
      'SELECT medallion_number, plate FROM medallions, vehicles WHERE medallions.id = $1 AND vehicles.id = $2',
      [lease.medallion_id, lease.vehicle_id],
    );
    const { id: clerk } = (await finance.get<{ id: number }>('/auth/me')).body;
    const loan = await create({
      ...TERMS,
      driver_id: driver.id,
      lease_id: lease.id,
      purpose: 'Transmission repair',
      notes: 'Garage on 5th\nwaits for the part',
    });
    const loanId = `DL-2025-${String(loan.loan_number).padStart(4, '0')}`;
    const now = new Date(TODAY).toISOString();
    expect(loan).toEqual({
      ...TERMS,
      id: expect.any(Number),
      loan_id: loanId,
      import_reference: null,
      loan_number: expect.any(Number),
      driver_id: driver.id,
      lease_id: lease.id,
      purpose: 'Transmission repair',
      notes: 'Garage on 5th\nwaits for the part',
      loan_date: '2025-10-29',
      end_week: '2025-12-13',
      status: 'ACTIVE',
      total_principal_paid: '0.00',
      total_interest_paid: '0.00',
      written_off: '0.00',
      recovered: '0.00',
      left_to_recover: '0.00',
      outstanding_balance: '1500.00',
      total_interest: '11.31',
      total_payable: '1511.31',
      interest_accrued_through: '2025-10-29',
      waived_interest: '0.00',
      schedule_version: 1,
      amount_due: '0.00',
      amount_overdue: '0.00',
      next_due_date: '2025-11-08',
      approved_by: null,
      approved_on: null,
      closed_on: null,
      closure_reason: null,
      created_by: clerk,
      created_on: now,
      updated_on: now,
      driver: {
        id: driver.id,
        tlc_license_number: driver.tlc_license_number,
        first_name: 'Amara',
        last_name: 'Diallo',
      },
      lease: {
        id: lease.id,
        lease_number: lease.lease_number,
        medallion_number: cab.medallion_number,
        vehicle_plate: cab.plate,
      },
      total_installments: 6,
      paid_installments: 0,
      pending_installments: 6,
      installments: EXAMPLE_INSTALLMENTS.map((planned) => ({
        ...planned,
        id: expect.any(Number),
        installment_id: `${loanId}-INST-0${planned.installment_number}`,
        loan_id: loanId,
        interest_carried: '0.00',
        principal_paid: '0.00',
        interest_paid: '0.00',
        principal_written_off: '0.00',
        interest_written_off: '0.00',
        outstanding_balance: planned.total_due,
        status: 'SCHEDULED',
        ledger_balance_id: null,
        posted_to_ledger: false,
        posted_on: null,
        posted_by: null,
      })),
    });
    expect((await finance.get(`/loans/${loanId}`)).body).toEqual(loan);
  });

  it('numbers the loan in the year of its start week, without duplicates', async () => {
    const first = await create({ ...(await aBorrower()), ...TERMS });
    const second = await create({ ...(await aBorrower()), ...TERMS, start_week: '2026-01-04' });
    expect(second.loan_number).toBe(first.loan_number + 1);
    expect(second.loan_id).toBe(`DL-2026-${String(second.loan_number).padStart(4, '0')}`);
  });

  it('stores purpose and notes only if they are given', async () => {
    const loan = await create({ ...(await aBorrower()), ...TERMS, notes: null });
    expect(loan).toMatchObject({ purpose: null, notes: null });
  });

  it('accepts a trailing slash in the URL', async () => {
    const answer = await finance.post('/loans/', { ...(await aBorrower()), ...TERMS });
    expect(answer.status).toBe(201);
  });

  it('accepts a start week from the current week up to 52 weeks ahead', async () => {
    for (const start_week of ['2025-10-26', '2026-10-25']) {
      expect((await create({ ...(await aBorrower()), ...TERMS, start_week })).start_week).toBe(start_week);
    }
  });

  describe('with invalid input', () => {
    const refused = async (changes: object, code: string): Promise<string> => {
      const before = await rowsOf('driver_loans', 'loan_schedules');
      const body = { ...(await aBorrower()), ...TERMS, ...changes };
      const problem = expectRefusal(await finance.post('/loans', body), 400, code);
      expect(await rowsOf('driver_loans', 'loan_schedules')).toBe(before);
      return `${fieldsOf(problem).join()}: ${problem.detail}`;
    };

    it.each(['0', '0.00', 50000.01, '9999999999.99'])('rejects the amount %s', async (loan_amount) => {
      expect(await refused({ loan_amount }, 'LOAN_AMOUNT_OUT_OF_RANGE')).toBe(
        'loan_amount: A loan is above 0.00 and at most 50000.00.',
      );
    });

    it.each(['20.01', 100, '999.99'])('rejects the rate %s', async (interest_rate) => {
      expect(await refused({ interest_rate }, 'INTEREST_RATE_OUT_OF_RANGE')).toBe(
        'interest_rate: The rate is 0 to 20.00 percent a year.',
      );
    });

    it.each(['2025-11-03', '2025-11-04', '2025-11-05', '2025-11-06', '2025-11-07', '2025-11-08'])(
      'rejects the start week %s, which is not a Sunday, and names the nearest Sundays',
      async (start_week) => {
        expect(await refused({ start_week }, 'START_WEEK_NOT_SUNDAY')).toBe(
          `start_week: ${start_week} is not a Sunday; the nearest Sundays are 2025-11-02 and 2025-11-09.`,
        );
      },
    );

    it.each(['2025-10-19', '2026-11-01'])(
      'rejects the start week %s, which is out of range',
      async (start_week) => {
        expect(await refused({ start_week }, 'START_WEEK_OUT_OF_RANGE')).toBe(
          `start_week: The start week lies from 2025-10-26 to 2026-10-25, and ${start_week} does not.`,
        );
      },
    );

    it('rejects an unknown or inactive driver', async () => {
      expect(await refused({ driver_id: 2_147_483_647 }, 'DRIVER_UNKNOWN')).toContain('2147483647');
      for (const status of ['INACTIVE', 'SUSPENDED'] as const) {
        const { id } = await aDriver(app, { status });
        const lease = await aLease(app, { driver_id: id });
        const sentence = await refused({ driver_id: id, lease_id: lease.id }, 'DRIVER_NOT_ACTIVE');
        expect(sentence).toContain(`is ${status}, not ACTIVE`);
      }
    });

    it('rejects an unknown or inactive lease, and the lease of another driver', async () => {
      expect(await refused({ lease_id: 2_147_483_647 }, 'LEASE_UNKNOWN')).toContain('2147483647');
      expect(await refused({ lease_id: (await aLease(app)).id }, 'LEASE_OF_OTHER_DRIVER')).toContain(
        'another',
      );
      for (const status of ['EXPIRED', 'TERMINATED'] as const) {
        const { driver_id, id: lease_id } = await aLease(app, { status });
        expect(await refused({ driver_id, lease_id }, 'LEASE_NOT_ACTIVE')).toContain(`is ${status}`);
      }
    });

    it.each(['driver_id', 'lease_id', 'loan_amount', 'start_week'])('rejects a missing %s', async (field) => {
      const body = { ...(await aBorrower()), ...TERMS, [field]: undefined };
      expectFieldsRefused(await finance.post('/loans', body), field);
    });

    it.each([
      ['driver_id', 'as text', '1'],
      ['driver_id', 'with a fraction', 1.5],
      ['lease_id', '0', 0],
      ['above the integer range', 'beyond all integers', 2_147_483_648],
      ['with an invalid date', 'that does not exist', '2025-11-31'],
      ['start_week', 'as a number', 20251102],
      ['interest_rate', 'null', null],
      ['purpose', 'of 256 characters', 'x'.repeat(256)],
      ['purpose', 'with a NUL', 'a\u0000b'],
      ['notes', 'of 5001 characters', 'x'.repeat(5001)],
      ['notes', 'as a list', ['a']],
      ['as an unknown field', 'of its own', 'ACTIVE'],
    ])('rejects a %s %s', async (field, _, value) => {
      expectFieldsRefused(
        await finance.post('/loans', { ...(await aBorrower()), ...TERMS, [field]: value }),
        field,
      );
    });
  });
});

describe('GET /loans/:loan_id', () => {
  const payment = (loan: LoanDetailResponse, amount: string): object => ({
    driver_id: loan.driver_id,
    lease_id: loan.lease_id,
    amount,
    payment_period_start: '2025-11-02',
    source_type: 'WEEKLY_EARNINGS',
    source_id: `EARN-${loan.loan_id}-${amount}`,
  });

  it('counts paid and pending installments, and names the next due date', async () => {
    const loan = await create({ ...(await aBorrower()), ...TERMS });
    app.clock.set('2025-11-09T09:00:00-05:00');
    const weeks = { payment_period_start: '2025-11-02', payment_period_end: '2025-11-15' };
    await finance.post('/loans/installments/post', { loan_id: loan.loan_id, ...weeks });
    await finance.post('/ledger/payments', payment(loan, '300.00'));

    const paid = (await finance.get<LoanDetailResponse>(`/loans/${loan.loan_id}`)).body;
    expect(paid).toMatchObject({
      status: 'ACTIVE',
      // 254.11 of the first installment; of the second first its interest of 2.40, then 43.49
      total_principal_paid: '293.49',
      total_interest_paid: '6.51',
      outstanding_balance: '1206.51',
      total_interest: '11.31',
      total_payable: '1511.31',
      next_due_date: '2025-11-15',
      total_installments: 6,
      paid_installments: 1,
      pending_installments: 5,
      closed_on: null,
    });
    expect(paid.installments.map(({ status }) => status)).toEqual([
      'PAID',
      'POSTED',
      ...Array<string>(4).fill('SCHEDULED'),
    ]);
    expect(paid.installments[1]).toMatchObject({
      interest_paid: '2.40',
      principal_paid: '43.49',
      outstanding_balance: '206.51',
    });
    const listed = await finance.get<Page<LoanListItem>>(`/loans?driver_id=${loan.driver_id}`);
    const {
      installments: _,
      schedule_version,
      total_installments,
      paid_installments,
      pending_installments,
      left_to_recover,
      amount_due,
      amount_overdue,
      ...item
    } = paid;
    expect([amount_due, amount_overdue]).toEqual(['206.51', '0.00']);
    expect(left_to_recover).toBe('0.00');
    expect([total_installments, paid_installments, pending_installments]).toEqual([6, 1, 5]);
    expect(schedule_version).toBe(1);
    expect(listed.body.items).toEqual([item]);
  });

  it('answers CLOSED after the loan is paid in full', async () => {
    const loan = await create({ ...(await aBorrower()), loan_amount: '100.00', start_week: '2025-10-26' });
    await finance.post('/loans/installments/post', { loan_id: loan.loan_id });
    app.clock.advanceDays(1);
    await finance.post('/ledger/payments', {
      ...payment(loan, '100.00'),
      payment_period_start: '2025-10-26',
    });
    expect((await finance.get(`/loans/${loan.loan_id}`)).body).toMatchObject({
      status: 'CLOSED',
      outstanding_balance: '0.00',
      next_due_date: null,
      paid_installments: 1,
      pending_installments: 0,
      closed_on: app.clock.now().toISOString(),
      closure_reason: 'Paid in full',
    });
  });

  it.each(['DL-2025-9999', 'dl-2025-0001', '1', "' OR 1=1", 'DL%'])('answers 404 for %s', async (id) => {
    const answer = await finance.get(`/loans/${encodeURIComponent(id)}`);
    expect(expectRefusal(answer, 404, 'LOAN_NOT_FOUND').detail).toBe(`There is no loan ${id}.`);
  });
});

describe('PATCH /loans/:loan_id', () => {
  it('changes purpose, notes and the time of the change, and nothing else', async () => {
    const loan = await aLoan(app, { purpose: 'Tires', notes: 'first' });
    app.clock.advanceDays(1);
    const edited = await finance.patch<LoanDetailResponse>(`/loans/${loan.loan_id}`, { purpose: ' Brakes ' });
    expect(edited.status).toBe(200);
    const updated_on = app.clock.now().toISOString();
    expect(edited.body).toEqual({ ...loan, purpose: 'Brakes', updated_on });
    const cleared = await finance.patch(`/loans/${loan.loan_id}`, { purpose: null, notes: 'two\nlines' });
    expect(cleared.body).toEqual({ ...loan, purpose: null, notes: 'two\nlines', updated_on });
  });

  it('requires at least one field', async () => {
    const { loan_id } = await aLoan(app);
    expectFieldsRefused(await finance.patch(`/loans/${loan_id}`, {}));
    expectFieldsRefused(await finance.patch(`/loans/${loan_id}`));
  });

  it.each([
    ['of a loan', 'at all', '1.00'],
    ['of a loan', 'at all', 'CLOSED'],
    ['purpose', 'of 256 characters', 'x'.repeat(256)],
    ['purpose', 'as a number', 5],
    ['notes', 'with a bell', 'a\u0007'],
  ])('rejects a %s %s', async (field, _, value) => {
    const { loan_id } = await aLoan(app);
    expectFieldsRefused(await finance.patch(`/loans/${loan_id}`, { [field]: value }), field);
  });

  it('answers 404 for an unknown loan', async () => {
    expectRefusal(await finance.patch('/loans/DL-2025-9999', { notes: 'x' }), 404, 'LOAN_NOT_FOUND');
  });
});

describe('a loan under other settings', () => {
  it('has the configured limits and default interest rate', async () => {
    const strict = await startTestApp({
      env: { LOAN_MAX_AMOUNT: '1000', LOAN_MAX_INTEREST_RATE: '5', LOAN_DEFAULT_INTEREST_RATE: '3.5' },
    });
    try {
      const ask = (terms: object): ReturnType<ApiClient['post']> =>
        strict.as('FINANCE').post('/loans/preview', { start_week: '2025-11-02', ...terms });
      expect((await ask({ loan_amount: '1000.00' })).body).toMatchObject({ interest_rate: '3.50' });
      expect((await strict.as('FINANCE').get('/loans/terms')).body).toEqual({
        default_interest_rate: '3.50',
        max_interest_rate: '5.00',
        max_loan_amount: '1000.00',
      });
      const problem = expectRefusal(await ask({ loan_amount: '1000.01' }), 400, 'LOAN_AMOUNT_OUT_OF_RANGE');
      expect(problem.detail).toBe('A loan is above 0.00 and at most 1000.00.');
      expectRefusal(await ask({ loan_amount: 1, interest_rate: '5.01' }), 400, 'INTEREST_RATE_OUT_OF_RANGE');
    } finally {
      await strict.close();
    }
  });
});
