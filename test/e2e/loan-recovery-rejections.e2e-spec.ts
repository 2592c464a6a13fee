import { aLoan } from '../support/factories.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import {
  app,
  finance,
  ledger,
  get,
  aWrittenOffLoan,
  recover,
  useLoanRecoveries,
} from './support/loan-recovery-fixture.js';

useLoanRecoveries();

describe('an invalid recovery', () => {
  it('is rejected above the amount that can still be recovered', async () => {
    const { loan_id } = await aWrittenOffLoan();
    await recover(loan_id, '1400.00');
    const before = await dumpLedgerTables(app.db);
    const problem = expectProblem(await recover(loan_id, '4.12'), 400, 'RECOVERY_TOO_HIGH');
    expect(problem.detail).toBe(
      `amount must be at most $4.11: $1,404.11 of ${loan_id} is written off and $1,400.00 is recovered.`,
    );
    expect(problem.errors).toEqual([{ field: 'amount', message: problem.detail }]);
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });

  it('is rejected if a simultaneous recovery leaves too little', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const answers = await Promise.all([recover(loan_id, '800.00'), recover(loan_id, '800.00')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
    expect(await get(loan_id)).toMatchObject({ recovered: '800.00' });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('is rejected for a loan that is not written off and for an unknown loan', async () => {
    const { loan_id } = await aLoan(app);
    expectProblem(await recover(loan_id, '1.00'), 409, 'LOAN_NOT_WRITTEN_OFF');
    expectProblem(await recover('DL-2025-9999', '1.00'), 404, 'LOAN_NOT_FOUND');
  });

  it.each([
    ['amount', { amount: '0.00' }],
    ['amount', { amount: '1.001' }],
    ['source_id', { source_id: ' ' }],
    ['source_id', { source_id: undefined }],
    ['method', { method: 'BARTER' }],
    ['received_on', { received_on: '2025-02-30' }],
    ['note', { note: 'x'.repeat(256) }],
    ['dry_run', { dry_run: 'no' }],
    ['loan_id', { loan_id: 'DL-2025-0001' }],
  ])('is rejected for its %s: %j', async (field, more) => {
    const { loan_id } = await aWrittenOffLoan();
    expectFieldErrors(await recover(loan_id, '1.00', more), field);
  });

  it('is rejected for money received before the day of the write-off', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const { detail } = expectFieldErrors(
      await recover(loan_id, '1.00', { received_on: '2025-11-18' }),
      'received_on',
    );
    expect(detail).toBe(
      `received_on must not be before 2025-11-19, when ${loan_id} was written off (got 2025-11-18). ` +
        'If the money came earlier, void the write-off and record a payment.',
    );
    expect((await recover(loan_id, '1.00', { received_on: '2025-11-19' })).status).toBe(201);
  });

  it('is denied without loans:update and ledger:post', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const { detail } = expectProblem(
      await recover(loan_id, '1.00', {}, app.as('MANAGER')),
      403,
      'PERMISSION_MISSING',
    );
    expect(detail).toBe('This needs the permissions loans:update and ledger:post.');
  });

  it('is rejected as a payment with the source type of recoveries', async () => {
    const loan = await aWrittenOffLoan();
    const source = { source_type: 'RECOVERY', source_id: 'X' };
    expectProblem(await ledger.tryToPay(loan, '1.00', source), 400, 'SOURCE_TYPE_RESERVED');
  });

  it('is rejected when sent twice with different Idempotency-Keys', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const send = (key: string) =>
      finance.post(
        `/loans/${loan_id}/recoveries`,
        { amount: '1404.11', source_id: 'ONCE' },
        { 'idempotency-key': key },
      );
    const first = await send('recovery-1');
    expect((await send('recovery-1')).body).toEqual(first.body);
    expectProblem(await send('recovery-2'), 409, 'SOURCE_ALREADY_POSTED');
  });
});
