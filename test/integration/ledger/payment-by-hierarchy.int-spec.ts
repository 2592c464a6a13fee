import { addDays, calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import { LoanBalanceProjector } from '../../../src/modules/loans/repayment/loan-balance.projector.js';
import { asDryRun } from '../../support/as-dry-run.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import type { BorrowerRef } from '../../support/borrower-ref.js';
import { aBorrower, aLease, aLoan } from '../../support/factories.js';
import { dumpLedgerTables } from '../../support/table-dump.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

const SUNDAY = '2025-11-02T09:00:00-05:00';

let app: TestApp;
let ledger: LedgerClient;
let borrower: BorrowerRef;

beforeAll(async () => {
  app = await startTestApp({ now: SUNDAY });
  ledger = new LedgerClient(app);
});

beforeEach(async () => {
  app.clock.set(SUNDAY);
  borrower = await aBorrower(app);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await expectLedgerInvariants(app.db);
});

afterAll(() => app.close());

const balanceOf = async (balanceId: string): Promise<object | undefined> => {
  const rows = await app.db.query<object[]>(
    `SELECT status, payment_applied AS applied, outstanding_balance AS outstanding
     FROM ledger_balances WHERE balance_id = $1`,
    [balanceId],
  );
  return rows[0];
};

describe('a payment by hierarchy', () => {
  it('pays the categories in their fixed order whatever the due dates, and never DEPOSITS', async () => {
    const categories = [
      'DEPOSITS',
      'MISC',
      'LOANS',
      'REPAIRS',
      'TLC',
      'PVB',
      'LEASE',
      'EZPASS',
      'TAXES',
    ] as const;
    for (const [index, category] of categories.entries()) {
      // the lower the category, the older the due date
      await ledger.owe(borrower, {
        category,
        amount: '10.00',
        due_date: addDays(calendarDate('2025-11-02'), index),
      });
    }
    const first = await ledger.tryToPay(borrower, '45.00');
    expect(first.body.allocations.map((part) => [part.category, part.amount_allocated])).toEqual([
      ['TAXES', '10.00'],
      ['EZPASS', '10.00'],
      ['LEASE', '10.00'],
      ['PVB', '10.00'],
      ['TLC', '5.00'],
    ]);
    const second = await ledger.tryToPay(borrower, '40.00');
    expect(second.body.allocations.map((part) => [part.category, part.amount_allocated])).toEqual([
      ['TLC', '5.00'],
      ['REPAIRS', '10.00'],
      ['LOANS', '10.00'],
      ['MISC', '10.00'],
    ]);
    expect(second.body).toMatchObject({
      total_payment: '40.00',
      total_allocated: '35.00',
      remaining_unallocated: '5.00',
    });
  });

  it('pays the oldest due date of a category first, and of one due date the older obligation', async () => {
    const debts = [
      await ledger.owe(borrower, { category: 'LEASE', amount: '30.00', due_date: '2025-11-15' }),
      await ledger.owe(borrower, { category: 'LEASE', amount: '10.00', due_date: '2025-11-08' }),
      await ledger.owe(borrower, { category: 'LEASE', amount: '20.00', due_date: '2025-11-08' }),
    ];
    const [later, older, newer] = debts.map(({ balance_id }) => balance_id);
    const { body } = await ledger.tryToPay(borrower, '35.00');
    expect(
      body.allocations.map((part) => [part.balance_id, part.amount_allocated, part.outstanding_after]),
    ).toEqual([
      [older, '10.00', '0.00'],
      [newer, '20.00', '0.00'],
      [later, '5.00', '25.00'],
    ]);
  });

  it('leaves a partly paid balance OPEN for the next payment', async () => {
    const { balance_id } = await ledger.owe(borrower, { category: 'PVB', amount: '115.00' });
    await ledger.tryToPay(borrower, '14.99');
    expect(await balanceOf(balance_id)).toEqual({
      status: 'OPEN',
      applied: '14.99',
      outstanding: '100.01',
    });
    await ledger.tryToPay(borrower, '100.01');
    expect(await balanceOf(balance_id)).toEqual({
      status: 'CLOSED',
      applied: '115.00',
      outstanding: '0.00',
    });
  });

  it('reports the unallocated amount and records the whole amount as one CREDIT', async () => {
    await ledger.owe(borrower, { category: 'EZPASS', amount: '6.94' });
    const { body } = await ledger.tryToPay(borrower, '500.00');
    expect(body).toMatchObject({
      total_payment: '500.00',
      total_allocated: '6.94',
      remaining_unallocated: '493.06',
      posting: { posting_type: 'CREDIT', category: 'EARNINGS', amount: '500.00', status: 'POSTED' },
    });
    expect(body.allocations).toHaveLength(1);
  });

  it('pays neither disputed balances nor those of other drivers', async () => {
    const disputed = await ledger.owe(borrower, { category: 'TAXES', amount: '10.00' });
    expect(await ledger.dispute('dispute', disputed.balance_id)).toMatchObject({ status: 'DISPUTED' });
    const ofOtherDriver = await ledger.owe(await aBorrower(app), { category: 'TAXES', amount: '10.00' });
    const { body } = await ledger.tryToPay(borrower, '10.00');
    expect(body).toMatchObject({ allocations: [], remaining_unallocated: '10.00' });
    for (const { balance_id } of [disputed, ofOtherDriver]) {
      expect(await balanceOf(balance_id)).toMatchObject({ applied: '0.00', outstanding: '10.00' });
    }
  });

  it('pays the balances of its lease first and those of other leases with the rest', async () => {
    const secondLease = await aLease(app, { driver_id: borrower.driver_id });
    const other = { ...borrower, lease_id: secondLease.id };
    const ofOther = await ledger.owe(other, { category: 'TAXES', amount: '10.00' });
    const ofLease = await ledger.owe(borrower, { category: 'MISC', amount: '10.00' });
    await ledger.tryToPay(borrower, '10.00');
    expect(await balanceOf(ofLease.balance_id)).toMatchObject({ outstanding: '0.00' });
    expect(await balanceOf(ofOther.balance_id)).toMatchObject({ outstanding: '10.00' });
    await ledger.tryToPay(borrower, '4.00');
    expect(await balanceOf(ofOther.balance_id)).toMatchObject({ outstanding: '6.00' });
  });

  it('returns the same allocations in a dry run and writes nothing', async () => {
    const loan = await aPostedLoan();
    await ledger.owe(loan, { category: 'LEASE', amount: '20.00' });
    const before = await dumpLedgerTables(app.db);
    const dryRun = await ledger.tryToPay(loan, '100.00', { source_id: 'EARN-DRY', dry_run: true });
    expect(dryRun.status).toBe(200);
    expect(await dumpLedgerTables(app.db)).toEqual(before);

    const paid = await ledger.tryToPay(loan, '100.00', { source_id: 'EARN-DRY' });
    const { posting, allocations } = paid.body;
    const made = [posting.posting_id, ...allocations.map(({ allocation_id }) => allocation_id)];
    expect(dryRun.body).toEqual(asDryRun(paid.body, made));
  });
});

/** A loan of 200.50 at 10 % with installments of 100.55, 100.19 and 0.50. The first is posted. */
async function aPostedLoan(): Promise<LoanDetailResponse> {
  app.clock.set('2025-10-29T09:00:00-04:00');
  const loan = await aLoan(app, { loan_amount: '200.50', interest_rate: '10.00', start_week: '2025-11-02' });
  app.clock.set(SUNDAY);
  await app.as('FINANCE').post('/loans/installments/post', { loan_id: loan.loan_id });
  return loan;
}

interface CurrentLoan {
  status: string;
  principal: string;
  interest: string;
  outstanding: string;
  closed_on: Date | null;
  closure_reason: string | null;
  installments: string[];
}

async function currentLoan({ loan_id }: LoanDetailResponse): Promise<CurrentLoan> {
  const [row] = await app.db.query<[CurrentLoan]>(
    `SELECT status, total_principal_paid AS principal, total_interest_paid AS interest,
            outstanding_balance AS outstanding, closed_on, closure_reason,
            (SELECT array_agg(concat_ws(' ', status, interest_paid, principal_paid) ORDER BY installment_number)
             FROM loan_schedules WHERE loan_id = l.loan_id) AS installments
     FROM driver_loans l WHERE loan_id = $1`,
    [loan_id],
  );
  return row;
}

describe('a loan with a posted installment', () => {
  let loan: LoanDetailResponse;

  beforeEach(async () => {
    loan = await aPostedLoan();
  });

  it('receives payments on interest first, then on principal', async () => {
    await ledger.tryToPay(loan, '0.30');
    expect(await currentLoan(loan)).toMatchObject({
      interest: '0.30',
      principal: '0.00',
      outstanding: '200.50',
      installments: ['POSTED 0.30 0.00', 'SCHEDULED 0.00 0.00', 'SCHEDULED 0.00 0.00'],
    });
    await ledger.tryToPay(loan, '50.25');
    expect(await currentLoan(loan)).toMatchObject({
      interest: '0.55',
      principal: '50.00',
      outstanding: '150.50',
      installments: ['POSTED 0.55 50.00', 'SCHEDULED 0.00 0.00', 'SCHEDULED 0.00 0.00'],
    });
  });

  it('marks a fully paid installment PAID and stays ACTIVE while others are open', async () => {
    const { body } = await ledger.tryToPay(loan, '150.00');
    expect(body).toMatchObject({ total_allocated: '100.55', remaining_unallocated: '49.45' });
    expect(await currentLoan(loan)).toMatchObject({
      status: 'ACTIVE',
      closed_on: null,
      principal: '100.00',
      installments: ['PAID 0.55 100.00', 'SCHEDULED 0.00 0.00', 'SCHEDULED 0.00 0.00'],
    });
  });

  it('is paid after every other category except MISC', async () => {
    for (const category of ['MISC', 'REPAIRS'] as const)
      await ledger.owe(loan, { category, amount: '10.00' });
    const { body } = await ledger.tryToPay(loan, '111.00');
    expect(body.allocations.map((part) => part.category)).toEqual(['REPAIRS', 'LOANS', 'MISC']);
  });

  it('is CLOSED when everything is paid and records the time and the status change', async () => {
    app.clock.set('2025-11-16T09:00:00-05:00');
    await app.as('FINANCE').post('/loans/installments/post', {
      loan_id: loan.loan_id,
      payment_period_start: '2025-11-09',
      payment_period_end: '2025-11-22',
    });
    const { total_payable } = loan;
    const { body } = await ledger.tryToPay(loan, total_payable);
    expect(body).toMatchObject({ total_allocated: total_payable, remaining_unallocated: '0.00' });
    expect(await currentLoan(loan)).toEqual({
      status: 'CLOSED',
      principal: '200.50',
      interest: loan.total_interest,
      outstanding: '0.00',
      closed_on: app.clock.now(),
      closure_reason: 'Paid in full',
      installments: ['PAID 0.55 100.00', 'PAID 0.19 100.00', 'PAID 0.00 0.50'],
    });
    const history = await app.db.query<object[]>(
      `SELECT from_status, to_status, reason, changed_at FROM loan_status_changes WHERE loan_id = $1 ORDER BY id`,
      [loan.loan_id],
    );
    expect(history.at(-1)).toEqual({
      from_status: 'ACTIVE',
      to_status: 'CLOSED',
      reason: 'Paid in full',
      changed_at: app.clock.now(),
    });
  });

  it('rolls the payment back when its own update fails', async () => {
    const projector = app.get(LoanBalanceProjector);
    const balancesChanged = projector.balancesChanged.bind(projector);
    jest.spyOn(projector, 'balancesChanged').mockImplementationOnce(async (...changed) => {
      await balancesChanged(...changed);
      throw new Error('the process dies here');
    });
    const before = await dumpLedgerTables(app.db);
    const failed = await ledger.tryToPay(loan, '60.00', { source_id: 'EARN-CRASH' });
    expect(failed).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
    expect(await dumpLedgerTables(app.db)).toEqual(before);

    expect((await ledger.tryToPay(loan, '60.00', { source_id: 'EARN-CRASH' })).status).toBe(201);
    expect(await currentLoan(loan)).toMatchObject({ interest: '0.55', principal: '59.45' });
  });
});
