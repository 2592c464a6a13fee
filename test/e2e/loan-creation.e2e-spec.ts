import { printedDollars } from '../../src/kernel/money/printed-amount.js';
import { aDriver, aLease } from '../support/factories.js';
import { expectFieldErrors, expectProblem, fieldsOf } from '../support/problem.js';
import {
  TODAY,
  app,
  finance,
  aBorrower,
  TERMS,
  EXAMPLE_INSTALLMENTS,
  create,
  rowsOf,
  useLoans,
} from './support/loans-fixture.js';

useLoans();

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
    const rejected = async (changes: object, code: string): Promise<string> => {
      const before = await rowsOf('driver_loans', 'loan_schedules');
      const body = { ...(await aBorrower()), ...TERMS, ...changes };
      const problem = expectProblem(await finance.post('/loans', body), 400, code);
      expect(await rowsOf('driver_loans', 'loan_schedules')).toBe(before);
      return `${fieldsOf(problem).join()}: ${problem.detail}`;
    };

    it.each(['0', '0.00', 50000.01, '9999999999.99'])('rejects the amount %s', async (loan_amount) => {
      expect(await rejected({ loan_amount }, 'LOAN_AMOUNT_OUT_OF_RANGE')).toBe(
        `loan_amount: loan_amount must be greater than $0.00 and at most $50,000.00 (got ${printedDollars(Number(loan_amount).toFixed(2))}).`,
      );
    });

    it.each(['20.01', 100, '999.99'])('rejects the rate %s', async (interest_rate) => {
      expect(await rejected({ interest_rate }, 'INTEREST_RATE_OUT_OF_RANGE')).toBe(
        `interest_rate: interest_rate must be between 0 and 20.00 percent a year (got ${Number(interest_rate).toFixed(2)}).`,
      );
    });

    it.each(['2025-11-03', '2025-11-04', '2025-11-05', '2025-11-06', '2025-11-07', '2025-11-08'])(
      'rejects the start week %s, which is not a Sunday, and names the nearest Sundays',
      async (start_week) => {
        expect(await rejected({ start_week }, 'START_WEEK_NOT_SUNDAY')).toBe(
          `start_week: ${start_week} is not a Sunday; the nearest Sundays are 2025-11-02 and 2025-11-09.`,
        );
      },
    );

    it.each(['2025-10-19', '2026-11-01'])(
      'rejects the start week %s, which is out of range',
      async (start_week) => {
        expect(await rejected({ start_week }, 'START_WEEK_OUT_OF_RANGE')).toBe(
          `start_week: start_week must be between 2025-10-26 and 2026-10-25 (got ${start_week}).`,
        );
      },
    );

    it('rejects an unknown or inactive driver', async () => {
      expect(await rejected({ driver_id: 2_147_483_647 }, 'DRIVER_UNKNOWN')).toContain('2147483647');
      for (const status of ['INACTIVE', 'SUSPENDED'] as const) {
        const { id } = await aDriver(app, { status });
        const lease = await aLease(app, { driver_id: id });
        const sentence = await rejected({ driver_id: id, lease_id: lease.id }, 'DRIVER_NOT_ACTIVE');
        expect(sentence).toContain(`is ${status}, not ACTIVE`);
      }
    });

    it('rejects an unknown or inactive lease, and the lease of another driver', async () => {
      expect(await rejected({ lease_id: 2_147_483_647 }, 'LEASE_UNKNOWN')).toContain('2147483647');
      expect(await rejected({ lease_id: (await aLease(app)).id }, 'LEASE_DRIVER_MISMATCH')).toContain(
        'does not belong to driver',
      );
      for (const status of ['EXPIRED', 'TERMINATED'] as const) {
        const { driver_id, id: lease_id } = await aLease(app, { status });
        expect(await rejected({ driver_id, lease_id }, 'LEASE_NOT_ACTIVE')).toContain(`is ${status}`);
      }
    });

    it.each(['driver_id', 'lease_id', 'loan_amount', 'start_week'])('rejects a missing %s', async (field) => {
      const body = { ...(await aBorrower()), ...TERMS, [field]: undefined };
      expectFieldErrors(await finance.post('/loans', body), field);
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
      expectFieldErrors(
        await finance.post('/loans', { ...(await aBorrower()), ...TERMS, [field]: value }),
        field,
      );
    });
  });
});
