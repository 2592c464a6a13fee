import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import {
  app,
  exampleLoan,
  payOff,
  paying,
  postedLoan,
  useLoanPayoffs,
} from './support/loan-payoff-fixture.js';

useLoanPayoffs();

describe('an invalid payoff', () => {
  const rejected = async (
    loanId: string,
    body: object,
    status: number,
    code: string,
  ): Promise<{ detail: string }> => {
    const before = await dumpLedgerTables(app.db);
    const problem = expectProblem(await payOff(loanId, body), status, code);
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    return problem;
  };

  it('is rejected when the loan is already fully posted and there is no payment', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id);
    await rejected(loan_id, {}, 409, 'LOAN_FULLY_POSTED');
    await rejected(loan_id, { dry_run: true }, 409, 'LOAN_FULLY_POSTED');
  });

  it('is rejected with a payment above the total', async () => {
    const { loan_id } = await postedLoan();
    const { detail } = await rejected(loan_id, paying('1508.44', 'MORE'), 400, 'PAYOFF_PAYMENT_TOO_HIGH');
    expect(detail).toBe(`${loan_id} owes $1,508.43 today; a payment of $1,508.44 is more than that.`);
  });

  it('is rejected with a payment that includes a disputed balance', async () => {
    const { loan_id, installments } = await postedLoan();
    await app.db.query(`UPDATE ledger_balances SET status = 'DISPUTED' WHERE reference_id = $1`, [
      installments[0]?.installment_id,
    ]);
    await rejected(loan_id, paying('1254.33', 'DISPUTED'), 400, 'PAYOFF_PAYMENT_TOO_HIGH');
    expect((await payOff(loan_id, paying('1254.32', 'REST'))).body.loan).toMatchObject({
      status: 'ACTIVE',
      outstanding_balance: '250.00',
    });
  });

  it('is rejected with a known or reserved payment source', async () => {
    const { loan_id } = await postedLoan();
    await payOff((await aLoan(app)).loan_id, paying('10.00', 'TWICE'));
    const twice = await rejected(loan_id, paying('10.00', 'TWICE'), 409, 'SOURCE_ALREADY_POSTED');
    expect(twice).toMatchObject({ errors: [{ field: 'payment.source_id' }] });
    for (const source_type of ['LOAN_INSTALLMENT', 'WRITE_OFF']) {
      const payment = { amount: '10.00', source_type, source_id: 'X' };
      await rejected(loan_id, { payment }, 400, 'SOURCE_TYPE_RESERVED');
    }
  });

  it.each([
    ['payment.amount', { payment: { amount: '0.00', source_type: 'CASHIER', source_id: 'X' } }],
    ['payment.amount', { payment: { amount: '-1', source_type: 'CASHIER', source_id: 'X' } }],
    ['payment.source_type', { payment: { amount: '1.00', source_type: 'cash', source_id: 'X' } }],
    ['payment.source_id', { payment: { amount: '1.00', source_type: 'CASHIER' } }],
    ['payment', { payment: null }],
    ['payment', { payment: 'all' }],
    ['reason', { reason: ' ' }],
    ['reason', { reason: 'x'.repeat(256) }],
    ['dry_run', { dry_run: 'yes' }],
    ['as_of', { as_of: '2025-11-19' }],
  ])('is rejected for its %s: %j', async (field, body) => {
    const { loan_id } = await exampleLoan();
    expectFieldErrors(await payOff(loan_id, body), field);
  });

  it('is rejected for a loan that is not open and for an unknown loan', async () => {
    const { loan_id } = await postedLoan();
    await payOff(loan_id, paying('1508.43', 'CLOSING'));
    await rejected(loan_id, {}, 409, 'LOAN_NOT_OPEN');
    await rejected('DL-2025-9999', {}, 404, 'LOAN_NOT_FOUND');
  });

  it('is denied to a manager', async () => {
    const { loan_id } = await exampleLoan();
    const answer = await app.as('MANAGER').post(`/loans/${loan_id}/payoff`, {});
    expectProblem(answer, 403, 'PERMISSION_MISSING');
  });
});
