import type { PaymentResponse } from '../../../src/modules/ledger/payments/payment.response.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import { expectConstraintViolation, insertCopy } from '../../support/expect-constraint-violation.js';
import { aLease } from '../../support/factories.js';
import { aHalfPaidInstallment } from '../../support/half-paid-installment.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

const WEEK = '2025-11-02';

let app: TestApp;
let loan: LoanDetailResponse;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T09:00:00-05:00' });
  loan = await aHalfPaidInstallment(app);
});

afterAll(() => app.close());

const expectRejected = (
  violation: { code: string; constraint?: string },
  sql: string,
  parameters?: unknown[],
) => expectConstraintViolation(app.db, violation, sql, parameters);

const TRIGGER = { code: '55000' };
const check = (constraint: string) => ({ code: '23514', constraint });

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
