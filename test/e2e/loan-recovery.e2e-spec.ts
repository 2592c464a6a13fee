import type { PostingResponse } from '../../src/modules/ledger/postings/posting.response.js';
import type { StatementResponse } from '../../src/modules/ledger/statements/statement.response.js';
import type { LoanStatisticsResponse } from '../../src/modules/loans/overview/loan-statistics.response.js';
import type { LoanTransactionsResponse } from '../../src/modules/loans/repayment/loan-transactions.response.js';
import { download, readCsv } from '../support/download.js';
import { expectLoanInvariants, expectTransactionsMatchBalances } from '../support/ledger-invariants.js';
import { getPdf, pagesOf } from '../support/pdf.js';
import { expectProblem } from '../support/problem.js';
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

const transactions = async (loanId: string): Promise<LoanTransactionsResponse> => {
  await expectTransactionsMatchBalances(app, loanId);
  return (await finance.get<LoanTransactionsResponse>(`/loans/${loanId}/transactions`)).body;
};

describe('a recovery', () => {
  it('counts against the amount written off; the loan remains closed and written off', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const { status, body } = await recover(loan_id, '60.00');
    expect(status).toBe(201);
    expect(body).toMatchObject({ dry_run: false, loan: await get(loan_id) });
    expect(body.loan).toMatchObject({
      status: 'CLOSED',
      written_off: '1404.11',
      recovered: '60.00',
      left_to_recover: '1344.11',
      total_principal_paid: '95.89',
      total_interest_paid: '4.11',
      outstanding_balance: '0.00',
    });
    expect((await recover(loan_id, '1344.11')).body.loan).toMatchObject({
      recovered: '1404.11',
      left_to_recover: '0.00',
    });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('is one CREDIT in the current week, with method, date and reference', async () => {
    const { loan_id, driver_id, lease_id } = await aWrittenOffLoan();
    app.clock.set('2025-11-20T09:00:00-05:00');
    const more = {
      source_id: 'RECEIPT-2042',
      method: 'CHECK',
      received_on: '2025-11-19',
      note: 'From his brother',
    };
    const { body } = await recover(loan_id, '60.00', more);
    const posting = await finance.get<PostingResponse>(`/ledger/postings/${body.posting_id}`);
    expect(posting.body).toMatchObject({
      posting_type: 'CREDIT',
      kind: 'RECOVERY',
      category: 'LOANS',
      amount: '60.00',
      driver_id,
      lease_id,
      source_type: 'RECOVERY',
      source_id: 'RECEIPT-2042',
      payment_period_start: '2025-11-16',
      payment_period_end: '2025-11-22',
      description: `Recovery of loan ${loan_id}`,
      notes: 'From his brother',
      payment_method: 'CHECK',
      received_on: '2025-11-19',
    });
  });

  it('pays no balance and creates no credit: later obligations remain open', async () => {
    const loan = await aWrittenOffLoan();
    await recover(loan.loan_id, '60.00');
    const debt = await ledger.owe(loan, { payment_period_start: '2025-11-16' });
    const { credit_used } = await ledger.pay(loan, '10.00', { payment_period_start: '2025-11-16' });
    expect(credit_used).toBe('0.00');
    expect(await ledger.balance(debt.balance_id)).toMatchObject({ outstanding_balance: '90.00' });
    expect(await ledger.owed(loan)).toMatchObject({ unallocated_credit: '0.00' });
  });

  it('is never created by a payment by hierarchy, whose remainder is a credit of the driver', async () => {
    const loan = await aWrittenOffLoan();
    const { remaining_unallocated } = await ledger.pay(loan, '50.00', { payment_period_start: '2025-11-16' });
    expect(remaining_unallocated).toBe('50.00');
    expect(await get(loan.loan_id)).toMatchObject({ recovered: '0.00', left_to_recover: '1404.11' });
  });

  it('is shown in the statistics beside the amounts collected and written off', async () => {
    const { loan_id, driver_id } = await aWrittenOffLoan();
    await recover(loan_id, '60.00');
    const { body } = await finance.get<LoanStatisticsResponse>(
      `/loans/statistics/summary?driver_id=${driver_id}`,
    );
    expect(body).toMatchObject({
      total_amount_collected: '100.00',
      total_written_off: '1404.11',
      total_recovered: '60.00',
      total_outstanding: '0.00',
    });
  });

  it('has a receipt that names the loan', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const { posting_id } = (await recover(loan_id, '60.00')).body;
    const [page] = pagesOf((await getPdf(app, `/ledger/payments/${posting_id}/receipt.pdf`)).file);
    expect(page).toContain(`Recovery of loan ${loan_id} 60.00 Total 60.00`);
  });

  it('is listed in the transactions of the loan, without effect on the balance', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const { posting_id } = (await recover(loan_id, '60.00')).body;
    app.clock.advanceDays(1);
    await ledger.void(posting_id, 'Booked twice');
    app.clock.advanceDays(1);
    await recover(loan_id, '25.00');
    const { items, total_recovered, balance } = await transactions(loan_id);
    expect(items.slice(-3)).toEqual([
      expect.objectContaining({
        kind: 'RECOVERY',
        posting_id,
        installment_id: null,
        installment_number: null,
        balance_id: null,
        allocation_type: null,
        amount: '0.00',
        recovered: '60.00',
        balance: '0.00',
      }),
      expect.objectContaining({
        kind: 'RECOVERY_VOID',
        reverses_posting_id: posting_id,
        reason: 'Booked twice',
        amount: '0.00',
        recovered: '-60.00',
      }),
      expect.objectContaining({ kind: 'RECOVERY', recovered: '25.00' }),
    ]);
    expect({ total_recovered, balance }).toEqual({ total_recovered: '25.00', balance: '0.00' });
  });

  it('is shown in the statement of its week, and its void in the statement of the week of the void', async () => {
    const { loan_id, driver_id, lease_id } = await aWrittenOffLoan();
    const { posting_id } = (await recover(loan_id, '60.00')).body;
    const mistake = (await recover(loan_id, '5.00')).body;
    await ledger.void(mistake.posting_id);
    app.clock.advanceDays(7);
    await ledger.void(posting_id);
    const account = `driver_id=${driver_id}&lease_id=${lease_id}`;
    const recovered = async (week: string, more = '') =>
      (await finance.get<StatementResponse>(`/ledger/statements?${account}&period_start=${week}${more}`))
        .body;
    expect(await recovered('2025-11-16')).toMatchObject({ recovered: '60.00', credit: '0.00' });
    expect(await recovered('2025-11-23')).toMatchObject({ recovered: '-60.00' });
    expect(await recovered('2025-11-23', '&as_of=2025-11-25T00:00:00-05:00')).toMatchObject({
      recovered: '0.00',
    });
    const { file } = await getPdf(app, `/ledger/statements?${account}&period_start=2025-11-16&format=pdf`);
    expect(pagesOf(file).join()).toContain('Recovered in the week: $60.00');
  });

  it('is shown in the export of loans beside the amount written off', async () => {
    const { loan_id, driver_id } = await aWrittenOffLoan();
    await recover(loan_id, '60.00');
    const [loan] = readCsv((await download(app, `/loans/export/csv?driver_id=${driver_id}`)).bytes);
    expect(loan).toMatchObject({ written_off: '1404.11', recovered: '60.00' });
  });

  it('returns the same in a dry run, without a posting, and writes nothing', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const before = await dumpLedgerTables(app.db);
    const dry = await recover(loan_id, '60.00', { dry_run: true });
    expect(dry).toMatchObject({ status: 200, body: { dry_run: true, posting_id: null } });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    expect((await recover(loan_id, '60.00')).body.loan).toEqual(dry.body.loan);
  });
});

describe('the void of a recovery', () => {
  it('reduces the amount recovered, and allows its reference again', async () => {
    const { loan_id } = await aWrittenOffLoan();
    const { posting_id } = (await recover(loan_id, '60.00', { source_id: 'AGAIN' })).body;
    expectProblem(await recover(loan_id, '60.00', { source_id: 'AGAIN' }), 409, 'SOURCE_ALREADY_POSTED');
    await ledger.void(posting_id);
    expect(await get(loan_id)).toMatchObject({ recovered: '0.00', left_to_recover: '1404.11' });
    expect((await recover(loan_id, '70.00', { source_id: 'AGAIN' })).status).toBe(201);
    await expectLoanInvariants(app.db, loan_id);
  });
});

describe('a write-off with recoveries', () => {
  it('can be voided only after its recoveries', async () => {
    const { loan_id, writeOff } = await aWrittenOffLoan();
    const { posting_id } = (await recover(loan_id, '60.00')).body;
    const before = await dumpLedgerTables(app.db);
    const voidIt = () => app.as('ADMIN').post(`/ledger/postings/${writeOff}/void`, { reason: 'Found again' });
    const problem = expectProblem(await voidIt(), 409, 'LOAN_HAS_RECOVERIES');
    expect(problem.detail).toContain(loan_id);
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    await ledger.void(posting_id);
    expect((await voidIt()).status).toBe(200);
    expect(await get(loan_id)).toMatchObject({
      status: 'ON_HOLD',
      written_off: '0.00',
      left_to_recover: '0.00',
    });
    await expectLoanInvariants(app.db, loan_id);
  });

  it('keeps its recoveries when an earlier payment is voided, whose amount is owed again', async () => {
    const loan = await aWrittenOffLoan();
    await recover(loan.loan_id, '1404.11');
    const [payment] = await app.db.query<[{ posting_id: string }]>(
      `SELECT posting_id FROM ledger_postings WHERE driver_id = $1 AND source_type = 'WEEKLY_EARNINGS'`,
      [loan.driver_id],
    );
    await ledger.void(payment.posting_id);
    expect(await get(loan.loan_id)).toMatchObject({
      status: 'ACTIVE',
      outstanding_balance: '100.00',
      recovered: '1404.11',
      left_to_recover: '0.00',
    });
    await expectLoanInvariants(app.db, loan.loan_id);
  });
});
