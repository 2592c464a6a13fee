import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import {
  app,
  finance,
  admin,
  writeOff,
  postedLoan,
  useLoanWriteOffs,
} from './support/loan-write-off-fixture.js';

useLoanWriteOffs();

describe('an invalid write-off', () => {
  const rejected = async (loanId: string, code: string, status = 409): Promise<void> => {
    const before = await dumpLedgerTables(app.db);
    expectProblem(await writeOff(loanId), status, code);
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  };

  it('is rejected for a loan without open balances until its payoff is posted', async () => {
    const { loan_id } = await aLoan(app);
    await rejected(loan_id, 'NOTHING_TO_WRITE_OFF');
    await finance.post(`/loans/${loan_id}/payoff`, {});
    expect((await writeOff(loan_id)).body).toMatchObject({ amount_settled: '500.00' });
  });

  it('is rejected for a loan with a disputed balance', async () => {
    const { loan_id } = await postedLoan();
    await app.db.query(`UPDATE ledger_balances SET status = 'DISPUTED' WHERE reference_id = $1`, [
      `${loan_id}-INST-01`,
    ]);
    await rejected(loan_id, 'LOAN_BALANCE_DISPUTED');
  });

  it('is rejected for a loan that is not open and for an unknown loan', async () => {
    const { loan_id } = await postedLoan();
    await writeOff(loan_id);
    await rejected(loan_id, 'LOAN_NOT_OPEN');
    await rejected('DL-2025-9999', 'LOAN_NOT_FOUND', 404);
  });

  it.each([
    ['reason', {}],
    ['reason', { reason: ' ' }],
    ['reason', { reason: 'x'.repeat(256) }],
    ['dry_run', { reason: 'Gone', dry_run: 'no' }],
    ['amount', { reason: 'Gone', amount: '1.00' }],
  ])('is rejected for its %s: %j', async (field, body) => {
    expectFieldErrors(await writeOff((await aLoan(app)).loan_id, body), field);
  });

  it('is denied to every role except ADMIN', async () => {
    const { loan_id } = await postedLoan();
    for (const role of ['FINANCE', 'MANAGER'] as const) {
      const answer = await writeOff(loan_id, { reason: 'Gone' }, app.as(role));
      expect(expectProblem(answer, 403, 'PERMISSION_MISSING').detail).toContain('loans:write-off');
    }
  });

  it('is rejected as a payment with the source type of write-offs', async () => {
    const loan = await postedLoan();
    const answer = await admin.post('/ledger/payments', {
      driver_id: loan.driver_id,
      lease_id: loan.lease_id,
      amount: '10.00',
      payment_period_start: '2025-11-02',
      source_type: 'WRITE_OFF',
      source_id: loan.loan_id,
    });
    expectProblem(answer, 400, 'SOURCE_TYPE_RESERVED');
  });
});
