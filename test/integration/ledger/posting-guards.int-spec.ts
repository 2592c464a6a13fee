import { expectConstraintViolation, insertCopy } from '../../support/expect-constraint-violation.js';
import { aLease } from '../../support/factories.js';
import { aHalfPaidInstallment } from '../../support/half-paid-installment.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T09:00:00-05:00' });
  await aHalfPaidInstallment(app);
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
