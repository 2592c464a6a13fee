import { LedgerVerificationService } from '../../../src/modules/ledger/index.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { RecoveryResponse } from '../../../src/modules/loans/servicing/write-off/recovery.response.js';
import { aLoan } from '../../support/factories.js';
import { expectConstraintViolation } from '../../support/expect-constraint-violation.js';
import { saveTables, restoreTables, tamper } from '../../support/tampering.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let loan: LoanDetailResponse;
let recovery: string;
let debit: string;

/** A loan of 500.00 with 100.00 posted. It is fully written off, and 60.00 are recovered. */
beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-03T09:00:00-05:00' });
  const { loan_id } = await aLoan(app);
  const clerk = app.as('FINANCE');
  await clerk.post('/loans/installments/post', {});
  await app.as('ADMIN').post(`/loans/${loan_id}/write-off`, { reason: 'Gone' });
  const answer = await clerk.post<RecoveryResponse>(`/loans/${loan_id}/recoveries`, {
    amount: '60.00',
    source_id: 'R-1',
  });
  ({ posting_id: recovery, loan } = answer.body);
  const rows = await app.db.query<[{ posting_id: string }]>(
    `SELECT posting_id FROM ledger_postings WHERE source_type = 'LOAN_INSTALLMENT'`,
  );
  debit = rows[0].posting_id;
  await verify();
  await saveTables(app.db);
});

afterAll(() => app.close());

const verify = () => app.get(LedgerVerificationService).verify({});

describe('the recovery table', () => {
  const expectRefused = (constraint: string, sql: string, parameters: unknown[] = []) =>
    expectConstraintViolation(app.db, { code: '23514', constraint }, sql, parameters);

  /** SQL for a second RECOVERY posting and the row that links it to a loan. */
  const withPosting = (changes: string, then: string) => `
    WITH posting AS (
      INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
        source_id, payment_period_start, payment_period_end, status, posted_at, payment_method, received_on)
      SELECT 9000, 'LP-2025-009000', driver_id, lease_id, posting_type, ${changes}, source_type, 'R-9',
             payment_period_start, payment_period_end, status, posted_at, payment_method, received_on
      FROM ledger_postings WHERE posting_id = $1
      RETURNING posting_id)
    ${then}`;

  it('rejects a recovery posting without a loan', async () => {
    await expectRefused(
      'ledger_postings_recovery_has_loan',
      withPosting('category, amount', 'SELECT * FROM posting'),
      [recovery],
    );
  });

  it.each([
    ['of another amount than its posting', 'category, 2.00', '1.00'],
    ['of another category', "'EARNINGS', 1.00", '1.00'],
  ])('rejects a recovery %s', async (_, changes, amount) => {
    const insert = `INSERT INTO loan_recoveries SELECT posting_id, '${loan.loan_id}', ${amount} FROM posting`;
    await expectRefused('loan_recoveries_of_posting', withPosting(changes, insert), [recovery]);
  });

  it('rejects a DEBIT as the recovery of a loan', async () => {
    await expectRefused(
      'loan_recoveries_of_posting',
      'INSERT INTO loan_recoveries (posting_id, loan_id, amount) VALUES ($1, $2, 100)',
      [debit, loan.loan_id],
    );
  });

  it('rejects more than the written-off amount', async () => {
    const insert = `INSERT INTO loan_recoveries SELECT posting_id, '${loan.loan_id}', 440.01 FROM posting`;
    await expectRefused('driver_loans_recovered_within_write_off', withPosting("'LOANS', 440.01", insert), [
      recovery,
    ]);
  });

  it.each([
    ['UPDATE loan_recoveries SET amount = 1'],
    ['DELETE FROM loan_recoveries'],
    ['TRUNCATE loan_recoveries'],
  ])('rejects %s', async (sql) => {
    await expectConstraintViolation(app.db, { code: '55000' }, sql);
  });

  it('rejects an allocation of a recovery', async () => {
    await expectRefused(
      'payment_allocations_within_credit',
      `INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated,
         allocation_type, allocated_at)
       SELECT 'PA-2025-009000', $1, balance_id, 1, 'HIERARCHY', now() FROM ledger_balances LIMIT 1`,
      [recovery],
    );
  });
});

describe('the verification of recoveries', () => {
  afterEach(() => restoreTables(app.db));

  const differences = async () =>
    (await verify()).differences.map(({ kind, id, message }) => `${kind} ${id} ${message}`);

  const NOT_ITS_SUM = 'its recovered amount is not the sum of its recoveries';
  const NAMES_NO_LOAN = 'only a recovery must belong to a loan, and to exactly one';

  it('reports no difference in unchanged data', async () => {
    expect(await differences()).toEqual([]);
  });

  it('finds an edited recovered amount of a loan', async () => {
    await tamper(app.db, 'UPDATE driver_loans SET recovered = 61');
    expect(await differences()).toEqual([`LOAN ${loan.loan_id} ${NOT_ITS_SUM}`]);
  });

  it('finds a recovery without its loan', async () => {
    await tamper(app.db, 'DELETE FROM loan_recoveries');
    expect(await differences()).toEqual([
      `POSTING ${recovery} ${NAMES_NO_LOAN}`,
      `LOAN ${loan.loan_id} ${NOT_ITS_SUM}`,
      'RECOVERY 1 is missing, but a seal covers it',
      expect.stringMatching(/^SEAL \d+ its rows differ from the rows that it sealed$/),
    ]);
  });

  it('finds an edited recovery', async () => {
    await tamper(app.db, 'UPDATE loan_recoveries SET amount = 61', 'UPDATE driver_loans SET recovered = 61');
    expect(await differences()).toEqual([
      `POSTING ${recovery} ${NAMES_NO_LOAN}`,
      `RECOVERY ${recovery} was changed after it was written: the hash differs`,
    ]);
  });

  it('finds a posting that was linked to a loan as a recovery', async () => {
    await tamper(
      app.db,
      `INSERT INTO loan_recoveries (posting_id, loan_id, amount, row_hash) VALUES ('${debit}', '${loan.loan_id}', 100, '')`,
      'UPDATE driver_loans SET recovered = 160',
    );
    expect(await differences()).toEqual([
      `POSTING ${debit} ${NAMES_NO_LOAN}`,
      `RECOVERY ${debit} was changed after it was written: the hash differs`,
      `RECOVERY ${debit} is not covered by a seal`,
    ]);
  });

  it('finds a recovered amount above the written-off amount', async () => {
    await tamper(
      app.db,
      `UPDATE loan_schedules SET principal_written_off = 0, status = 'SCHEDULED', outstanding_balance = total_due
       WHERE installment_number > 1`,
      `UPDATE loan_schedules SET principal_written_off = 50, principal_paid = 50 WHERE installment_number = 1`,
    );
    expect(await differences()).toContain(
      `LOAN ${loan.loan_id} its recovered amount exceeds its written-off amount`,
    );
  });
});
