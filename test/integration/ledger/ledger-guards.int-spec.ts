import type { PaymentResponse } from '../../../src/modules/ledger/http/payment.response.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/http/loan.response.js';
import { aLease, aLoan } from '../../support/factories.js';
import { expectConstraintViolation, insertCopy } from '../../support/expect-constraint-violation.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

const WEEK = '2025-11-02';

let app: TestApp;
let loan: LoanDetailResponse;

/** Posts an installment of 100.00 and pays half of it, so that each table of the ledger has a row. */
beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T09:00:00-05:00' });
  loan = await aLoan(app, { start_week: WEEK });
  await app.as('FINANCE').post('/loans/installments/post', {});
  await app.as('FINANCE').post('/ledger/payments', {
    driver_id: loan.driver_id,
    lease_id: loan.lease_id,
    amount: '50.00',
    payment_period_start: WEEK,
    source_type: 'WEEKLY_EARNINGS',
    source_id: 'EARN-1',
  });
});

afterAll(() => app.close());

const expectRejected = (
  violation: { code: string; constraint?: string },
  sql: string,
  parameters?: unknown[],
) => expectConstraintViolation(app.db, violation, sql, parameters);

const TRIGGER = { code: '55000' };
const check = (constraint: string) => ({ code: '23514', constraint });

it('the ledger guards are tested as the owner of the tables', async () => {
  const owned = await app.db.query<unknown[]>(
    `SELECT 1 FROM pg_tables WHERE tableowner = current_user
     AND tablename IN ('ledger_postings', 'ledger_balances', 'payment_allocations')`,
  );
  expect(owned).toHaveLength(3);
});

describe('a posting that is not voided', () => {
  it.each([
    'amount = amount + 0.01',
    "category = 'MISC'",
    "posting_type = 'CREDIT'",
    "source_id = 'another'",
    'payment_period_start = payment_period_start - 7, payment_period_end = payment_period_end - 7',
    'posted_at = now()',
    'posted_by = NULL',
    "description = 'another'",
    "notes = 'one'",
    "payment_method = 'CASH'",
    'received_on = posted_at',
    'reverses_posting_id = posting_id',
    "status = 'POSTED'",
    // the allowed step, together with a change that is not allowed
    "status = 'VOIDED', voided_by_posting_id = posting_id, voided_at = now(), void_reason = 'x', amount = 1",
  ])('rejects SET %s', async (change) => {
    await expectRejected(
      TRIGGER,
      `UPDATE ledger_postings SET ${change} WHERE source_type = 'LOAN_INSTALLMENT'`,
    );
  });

  it.each([
    'DELETE FROM ledger_postings',
    'TRUNCATE ledger_postings CASCADE',
    'TRUNCATE leases CASCADE',
    'TRUNCATE users CASCADE',
  ])('is protected against %s', async (statement) => {
    await expectRejected(TRIGGER, statement);
  });

  it('is the only active posting of its source', async () => {
    await expectRejected(
      { code: '23505', constraint: 'uq_ledger_postings_standing_source' },
      await insertCopy(app.db, 'ledger_postings'),
      [{ id: 1001, posting_id: 'LP-2025-001001' }],
    );
  });

  it.each([
    ['ck_ledger_postings_amount', { amount: '0.00' }],
    ['ck_ledger_postings_amount', { amount: '-1.00' }],
    ['ck_ledger_postings_category', { category: 'TIPS' }],
    ['ck_ledger_postings_type', { posting_type: 'REFUND' }],
    ['ck_ledger_postings_status', { status: 'DRAFT' }],
    ['ck_ledger_postings_period', { payment_period_start: '2025-11-03', payment_period_end: '2025-11-09' }],
    ['ck_ledger_postings_period', { payment_period_end: '2025-11-15' }],
    ['ck_ledger_postings_void', { status: 'VOIDED' }],
    ['ck_ledger_postings_void', { void_reason: 'none' }],
    ['ck_ledger_postings_money', { payment_method: 'CASH' }],
    ['ck_ledger_postings_money', { received_on: '2025-11-02' }],
    ['ck_ledger_postings_payment_method', { posting_type: 'CREDIT', payment_method: 'GOLD' }],
  ])('violates %s with %j', async (constraint, changes) => {
    await expectRejected(check(constraint), await insertCopy(app.db, 'ledger_postings'), [
      { id: 1002, posting_id: 'LP-2025-001002', source_id: 'other', ...changes },
    ]);
  });

  it('requires a lease of its driver', async () => {
    const foreign = await aLease(app);
    await expectRejected(
      { code: '23503', constraint: 'fk_ledger_postings_lease' },
      await insertCopy(app.db, 'ledger_postings'),
      [{ id: 1003, posting_id: 'LP-2025-001003', source_id: 'other', lease_id: foreign.id }],
    );
  });
});

describe('the kind of a posting', () => {
  it.each([
    ['CHARGE', { posting_type: 'DEBIT', source_type: 'TOLL' }],
    ['PAYMENT', { posting_type: 'CREDIT', source_type: 'CASHIER', payment_method: 'CASH' }],
    ['WRITE_OFF', { posting_type: 'CREDIT', source_type: 'WRITE_OFF' }],
    ['RECOVERY', { posting_type: 'CREDIT', source_type: 'RECOVERY', payment_method: 'CHECK' }],
    ['REFUND', { posting_type: 'DEBIT', source_type: 'REFUND', payment_method: 'CHECK' }],
    // recorded manually before these source types were reserved
    ['PAYMENT', { posting_type: 'CREDIT', source_type: 'RECOVERY' }],
    ['CHARGE', { posting_type: 'DEBIT', source_type: 'REFUND' }],
  ])('is %s for %j', async (kind, columns) => {
    const copy = { ...columns, id: 3000, posting_id: 'LP-2025-003000', source_id: 'KIND-3000' };
    const runner = app.db.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query(await insertCopy(app.db, 'ledger_postings'), [copy]);
      expect(await runner.query('SELECT kind FROM ledger_postings WHERE id = 3000')).toEqual([{ kind }]);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  });

  it('cannot be set by an INSERT', async () => {
    await expectRejected({ code: '428C9' }, `UPDATE ledger_postings SET kind = 'VOID'`);
  });
});

describe('a voided posting', () => {
  const VOID = `UPDATE ledger_postings
    SET status = 'VOIDED', voided_by_posting_id = 'LP-2025-002001', voided_at = now(), void_reason = 'A mistake'
    WHERE posting_id = 'LP-2025-002000'`;
  const voided = { source_type: 'TOLL', source_id: 'TOLL-1' };

  beforeAll(async () => {
    const reversal = { posting_id: 'LP-2025-002001', reverses_posting_id: 'LP-2025-002000' };
    await app.db.query(await insertCopy(app.db, 'ledger_postings'), [
      { ...voided, id: 2000, posting_id: 'LP-2025-002000' },
    ]);
    await app.db.query(await insertCopy(app.db, 'ledger_postings'), [
      { ...reversal, id: 2001, posting_type: 'CREDIT', source_type: 'VOID', source_id: 'LP-2025-002000' },
    ]);
    await app.db.query(VOID);
  });

  it('cannot be voided a second time', () => expectRejected(TRIGGER, VOID));

  it.each([
    "status = 'POSTED', voided_by_posting_id = NULL, voided_at = NULL, void_reason = NULL",
    "void_reason = 'Another reason'",
    'voided_at = NULL',
    'voided_by_posting_id = posting_id',
  ])('rejects SET %s', async (change) => {
    await expectRejected(TRIGGER, `UPDATE ledger_postings SET ${change} WHERE posting_id = 'LP-2025-002000'`);
  });

  it('allows its source to be posted once more', async () => {
    const again = { ...voided, id: 2002, posting_id: 'LP-2025-002002' };
    await app.db.query(await insertCopy(app.db, 'ledger_postings'), [again]);
    await expectRejected(
      { code: '23505', constraint: 'uq_ledger_postings_standing_source' },
      await insertCopy(app.db, 'ledger_postings'),
      [{ ...again, id: 2003, posting_id: 'LP-2025-002003' }],
    );
  });
});

describe('a balance', () => {
  it.each([
    'original_amount = original_amount + 1, outstanding_balance = outstanding_balance + 1',
    'due_date = due_date + 7',
    'payment_period_start = payment_period_start + 7',
    "category = 'MISC'",
    "reference_id = 'another'",
    "balance_id = 'LB-2025-009999'",
    'posting_id = posting_id + 1',
    'created_on = now()',
    "description = 'another'",
  ])('keeps the terms of its posting and rejects SET %s', async (change) => {
    await expectRejected(TRIGGER, `UPDATE ledger_balances SET ${change}`);
  });

  it.each(['DELETE FROM ledger_balances', 'TRUNCATE ledger_balances CASCADE'])(
    'is protected against %s',
    (statement) => expectRejected(TRIGGER, statement),
  );

  it.each([
    ['ck_ledger_balances_amounts', 'payment_applied = payment_applied + 1'],
    ['ck_ledger_balances_amounts', 'outstanding_balance = outstanding_balance - 1'],
    ['ck_ledger_balances_amounts', 'payment_applied = 100.01, outstanding_balance = -0.01'],
    ['ck_ledger_balances_amounts', 'payment_applied = -1, outstanding_balance = 101'],
    ['ck_ledger_balances_amounts', "status = 'VOIDED', payment_applied = 0, outstanding_balance = 100"],
    ['ck_ledger_balances_status', "status = 'CLOSED'"],
    ['ck_ledger_balances_status', 'payment_applied = 100, outstanding_balance = 0'],
    ['ck_ledger_balances_status', "status = 'DISPUTED', payment_applied = 100, outstanding_balance = 0"],
  ])('violates %s after SET %s', async (constraint, change) => {
    await expectRejected(check(constraint), `UPDATE ledger_balances SET ${change}`);
  });

  it('is the only balance of its posting', async () => {
    await expectRejected({ code: '23505' }, await insertCopy(app.db, 'ledger_balances'), [
      { balance_id: 'LB-2025-009998' },
    ]);
  });

  it('requires the driver and lease of its posting', async () => {
    const other = await aLease(app);
    const [credit] = await app.db.query<[{ id: string }]>(
      `SELECT id FROM ledger_postings WHERE source_id = 'EARN-1'`,
    );
    await expectRejected(
      { code: '23503', constraint: 'fk_ledger_balances_posting' },
      await insertCopy(app.db, 'ledger_balances'),
      [
        {
          posting_id: credit.id,
          balance_id: 'LB-2025-009997',
          driver_id: other.driver_id,
          lease_id: other.id,
        },
      ],
    );
  });
});

describe('an allocation', () => {
  it.each([
    'UPDATE payment_allocations SET amount_allocated = 49',
    "UPDATE payment_allocations SET allocation_type = 'TARGETED'",
    'DELETE FROM payment_allocations',
    'TRUNCATE payment_allocations',
  ])('is protected against %s', (statement) => expectRejected(TRIGGER, statement));

  it.each([
    ['23514', 'ck_payment_allocations_amount', { amount_allocated: '0.00' }],
    ['23514', 'ck_payment_allocations_type', { allocation_type: 'GUESS' }],
    ['23503', 'fk_payment_allocations_balance', { balance_id: 'LB-2025-009999' }],
    ['23503', 'fk_payment_allocations_posting', { payment_posting_id: 'LP-2025-009999' }],
  ])('fails with %s on %s when it is %j', async (code, constraint, changes) => {
    await expectRejected({ code, constraint }, await insertCopy(app.db, 'payment_allocations'), [
      { id: 1001, allocation_id: 'PA-2025-001001', ...changes },
    ]);
  });
});

describe('a credit', () => {
  const WITHIN = check('credit_refunds_within_credit');
  const FOLLOWED = 'is written only with its posting';
  let payment: string;

  const insertRefund = (id: number, amount: string, from: string, part: string, columns: object = {}) =>
    app.db.transaction(async (tx) => {
      await tx.query(await insertCopy(app.db, 'ledger_postings'), [
        {
          ...{ id, posting_id: `LP-2025-00${id}`, amount, posting_type: 'DEBIT' },
          ...{ source_type: 'REFUND', source_id: `R-${id}`, payment_method: 'CASH', ...columns },
        },
      ]);
      await tx.query('INSERT INTO credit_refunds VALUES ($1, $2, $3)', [`LP-2025-00${id}`, from, part]);
    });

  /** A payment of 150.00 by the same driver. 50.00 pay the rest of the installment, 100.00 are left. */
  beforeAll(async () => {
    const { body } = await app.as('FINANCE').post<PaymentResponse>('/ledger/payments', {
      driver_id: loan.driver_id,
      lease_id: loan.lease_id,
      amount: '150.00',
      payment_period_start: WEEK,
      source_type: 'WEEKLY_EARNINGS',
      source_id: 'EARN-2',
    });
    payment = body.posting.posting_id ?? '';
  });

  it.each([
    'UPDATE ledger_credits SET left_over = left_over - 1, refunded = refunded + 1',
    'DELETE FROM ledger_credits',
    'TRUNCATE ledger_credits',
  ])(`${FOLLOWED} and rejects %s`, (statement) => expectRejected(TRIGGER, statement));

  it(`${FOLLOWED} and rejects an INSERT`, async () => {
    await expectRejected(TRIGGER, await insertCopy(app.db, 'ledger_credits'), [{ posting_id: 1 }]);
  });

  it('is refunded once, and its refund cannot be changed', async () => {
    await insertRefund(4001, '60.00', payment, '60.00');
    await expectRejected(TRIGGER, 'UPDATE credit_refunds SET amount = 1');
    await expectRejected(TRIGGER, 'DELETE FROM credit_refunds');
    await expect(insertRefund(4002, '40.01', payment, '40.01')).rejects.toMatchObject({
      driverError: WITHIN,
    });
  });

  it('requires the parts of its refund to equal the refunded amount', async () => {
    await expect(insertRefund(4003, '10.00', payment, '9.00')).rejects.toMatchObject({
      constraint: 'ledger_postings_refund_covered',
    });
    await expectRejected(
      check('ledger_postings_refund_covered'),
      await insertCopy(app.db, 'ledger_postings'),
      [
        {
          ...{ id: 4004, posting_id: 'LP-2025-004004', posting_type: 'DEBIT' },
          ...{ source_type: 'REFUND', source_id: 'R-4004', payment_method: 'CASH' },
        },
      ],
    );
  });

  it('can only be refunded to its own driver and only if it is a payment', async () => {
    const other = await aLease(app);
    const parties = { driver_id: other.driver_id, lease_id: other.id };
    await expect(insertRefund(4005, '1.00', payment, '1.00', parties)).rejects.toMatchObject({
      driverError: WITHIN,
    });
    await expect(insertRefund(4006, '1.00', 'LP-2025-000001', '1.00')).rejects.toMatchObject({
      driverError: WITHIN,
    });
  });
});
