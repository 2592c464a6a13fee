import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { aLoan } from '../support/factories.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import { expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import {
  app,
  finance,
  get,
  writeOff,
  pay,
  postedLoan,
  useLoanWriteOffs,
} from './support/loan-write-off-fixture.js';

useLoanWriteOffs();

describe('a write-off beside a credit of the driver', () => {
  /** Leaves a credit beside posted open balances, which only a manual database change can do. */
  const withCredit = async (loan: LoanDetailResponse, amount: string): Promise<void> => {
    const setBalance = (status: string) =>
      app.db.query(`UPDATE ledger_balances SET status = $2 WHERE reference_id = $1`, [
        `${loan.loan_id}-INST-01`,
        status,
      ]);
    await setBalance('DISPUTED');
    await pay(loan, amount);
    await setBalance('OPEN');
  };

  it('uses the credit first, and writes off the rest', async () => {
    const loan = await postedLoan();
    await withCredit(loan, '60.00');
    const dry = await writeOff(loan.loan_id, { reason: 'Left the country', dry_run: true });
    const { body } = await writeOff(loan.loan_id);
    for (const answer of [dry.body, body]) {
      expect(answer).toMatchObject({ credit_used: '60.00', amount_settled: '194.11' });
    }
    expect(body.loan).toMatchObject({
      status: 'CLOSED',
      total_interest_paid: '4.11',
      total_principal_paid: '55.89',
      written_off: '1444.11',
    });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('is rejected if the credit pays all open balances, and changes nothing', async () => {
    const loan = await postedLoan();
    await withCredit(loan, '300.00');
    const before = await dumpLedgerTables(app.db);
    const problem = expectProblem(await writeOff(loan.loan_id), 409, 'NOTHING_TO_WRITE_OFF');
    expect(problem.detail).toBe(
      `The driver's credit pays all that is open of ${loan.loan_id}. Apply the credit instead.`,
    );
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });

  it('is rejected for a loan that the credit pays when it is posted', async () => {
    const loan = await aLoan(app, { loan_amount: '150.00' });
    await pay(loan, '500.00', '2025-10-26');
    await finance.post('/loans/installments/post', { loan_id: loan.loan_id });
    expectProblem(await writeOff(loan.loan_id), 409, 'LOAN_NOT_OPEN');
    expect(await get(loan.loan_id)).toMatchObject({
      status: 'CLOSED',
      total_principal_paid: '150.00',
      written_off: '0.00',
    });
  });

  it('is rejected before a payoff if nothing is posted, and the payoff uses the credit', async () => {
    const loan = await aLoan(app, { loan_amount: '500.00' });
    await pay(loan, '300.00', '2025-10-26');
    expectProblem(await writeOff(loan.loan_id), 409, 'NOTHING_TO_WRITE_OFF');
    await finance.post(`/loans/${loan.loan_id}/payoff`, {});
    expect((await writeOff(loan.loan_id)).body).toMatchObject({
      credit_used: '0.00',
      amount_settled: '200.00',
      loan: { total_principal_paid: '300.00', written_off: '200.00' },
    });
    await expectLoanInvariants(app.db, loan.loan_id);
  });
});
