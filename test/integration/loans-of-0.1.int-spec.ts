import { LedgerVerificationService } from '../../src/modules/ledger/index.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { PayoffQuoteResponse } from '../../src/modules/loans/servicing/payoff/payoff.response.js';
import { migrate } from '../../src/platform/database/migrate.js';
import type { ApiAnswer } from '../support/api-client.js';
import { AGREEMENTS, CHAIN_HEAD, createDatabaseOfFirstRelease, NOW } from '../support/first-release.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import { getPdf, pagesOf } from '../support/pdf.js';
import { allRuns, tick } from '../support/scheduled-posting.js';
import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';

/** Installments of this week, and of earlier weeks that were lent after their run or whose DEBIT was voided. */
const DUE_ON_JANUARY_11 = [
  'DL-2025-0024-INST-06',
  'DL-2025-0025-INST-05',
  'DL-2025-0031-INST-05',
  'DL-2026-0032-INST-01',
  'DL-2026-0032-INST-02',
];

const withoutTimeOfPrinting = (pages: readonly string[]): string[] =>
  pages.map((page) => page.replace(/ · Printed \w{3} \d+, \d{4}, \d+:\d\d [AP]M E[SD]T/, ''));

let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await createDatabaseOfFirstRelease();
  await migrate(database.ownerUrl, database.url);
  app = await startTestApp({ now: NOW, databaseUrl: database.url });
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const getLoan = async (loanId: string): Promise<LoanDetailResponse> =>
  (await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loanId}`)).body;

const quoteOf = async (loanId: string, query = ''): Promise<PayoffQuoteResponse> =>
  (await app.as('FINANCE').get<PayoffQuoteResponse>(`/loans/${loanId}/payoff${query}`)).body;

function succeeded<T>({ status, body }: ApiAnswer<T>): T {
  if (status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
  return body;
}

describe('a loan of release 0.1', () => {
  it.each([
    ['on hold since October 15', 'DL-2025-0004', '2025-10-18', '0.00'],
    ['with a voided DEBIT that was not posted again', 'DL-2025-0005', '2025-10-25', '0.00'],
    ['held and resumed with interest for the gap', 'DL-2025-0011', '2025-12-06', '0.00'],
    ['held and resumed without interest for the gap', 'DL-2025-0012', '2025-12-06', '3.07'],
    ['paid off on November 19 after a hold', 'DL-2025-0014', '2025-11-19', '0.00'],
    ['resumed to a much later week with waived interest', 'DL-2025-0023', '2026-01-31', '28.76'],
    ['resumed before its first posting with waived interest', 'DL-2025-0025', '2026-01-10', '18.49'],
    ['not started yet', 'DL-2026-0003', '2025-09-24', '0.00'],
  ])('has its accrual date and its waived interest (%s)', async (_, loanId, through, waived) => {
    expect(await getLoan(loanId)).toMatchObject({
      interest_accrued_through: through,
      waived_interest: waived,
    });
  });

  it.each([
    ['resumed to weeks before its agreed start', 'DL-2025-0022', '2025-11-02', '2025-12-13'],
    ['resumed before its first posting', 'DL-2025-0025', '2025-12-14', '2026-01-24'],
    [
      'resumed while the DEBIT of its first installment was voided',
      'DL-2025-0027',
      '2025-11-09',
      '2025-12-27',
    ],
    ['written off before its last week', 'DL-2025-0020', '2025-11-16', '2025-11-29'],
  ])('spans the weeks of its installments (%s)', async (_, loanId, start, end) => {
    expect(await getLoan(loanId)).toMatchObject({ start_week: start, end_week: end });
  });

  it.each([
    ['posted in full', 'DL-2025-0001', '1278.69'],
    ['not started yet', 'DL-2026-0003', '1035.96'],
    ['on hold', 'DL-2025-0004', '808.55'],
    ['on hold, including the interest of the installment whose DEBIT is voided', 'DL-2025-0005', '1520.01'],
    ['on hold after the void of its write-off', 'DL-2025-0021', '609.16'],
    ['without waived interest', 'DL-2025-0023', '1504.11'],
    ['resumed twice', 'DL-2025-0024', '1522.81'],
  ])('has the expected payoff quote (%s)', async (_, loanId, total) => {
    expect(await quoteOf(loanId)).toMatchObject({ as_of: '2026-01-07', total });
  });

  it('has a payoff quote for a coming day without the interest that was waived through a later day', async () => {
    expect(await quoteOf('DL-2025-0023', '?as_of=2026-01-28')).toMatchObject({
      interest: '0.00',
      total: '1504.11',
    });
  });

  it.each(Object.keys(AGREEMENTS))('prints the agreement of %s as release 0.1 printed it', async (loanId) => {
    const { status, file } = await getPdf(app, `/loans/${loanId}/agreement.pdf`);
    expect(status).toBe(200);
    expect(withoutTimeOfPrinting(pagesOf(file))).toEqual(AGREEMENTS[loanId]);
  });
});

describe('after the upgrade from release 0.1', () => {
  const verify = () => app.get(LedgerVerificationService).verify({ head: CHAIN_HEAD });

  it('the next run posts the due installments once', async () => {
    app.clock.set('2026-01-11T05:00:00-05:00');
    await tick(app);
    const run = (await allRuns(app.db)).at(-1);
    expect(run).toMatchObject({
      trigger: 'CRON',
      status: 'COMPLETED',
      installments_due: DUE_ON_JANUARY_11.length,
      installments_posted: DUE_ON_JANUARY_11.length,
    });
    const debits = await app.db.query<{ source_id: string }[]>(
      `SELECT source_id FROM ledger_postings
       WHERE source_type = 'LOAN_INSTALLMENT' AND posted_at >= $1 ORDER BY source_id`,
      [app.clock.now()],
    );
    expect(debits.map(({ source_id }) => source_id)).toEqual(DUE_ON_JANUARY_11);
    await tick(app);
    expect(await allRuns(app.db)).toHaveLength(run?.id ?? 0);
    expect(await verify()).toMatchObject({ ok: true, differences: [] });
  });

  it('a loan on hold resumes with the interest since its last installment', async () => {
    app.clock.set('2026-01-12T09:00:00-05:00');
    const resumed = await app
      .as('FINANCE')
      .put<LoanDetailResponse>('/loans/DL-2025-0004/status', { status: 'ACTIVE', reason: 'Back at work' });
    expect(succeeded(resumed).installments.at(-1)).toMatchObject({
      week_start: '2026-01-18',
      interest_amount: '5.37',
      interest_basis: { from: '2025-10-18', to: '2026-01-24', days: 98 },
    });
    await expectLoanInvariants(app.db, 'DL-2025-0004');
  });

  it.each([
    ['DL-2025-0009', 'whose first week has passed', '1.56', '300.00'],
    ['DL-2026-0033', 'whose first week is still to come', '6.04', '700.00'],
  ])(
    'the draft %s %s accrues interest from the day of its approval',
    async (loanId, _, interest, outstanding) => {
      const approved = await app.as('ADMIN').post<LoanDetailResponse>(`/loans/${loanId}/approve`);
      expect(succeeded(approved)).toMatchObject({
        status: 'ACTIVE',
        loan_date: '2026-01-12',
        start_week: '2026-01-18',
        total_interest: interest,
        outstanding_balance: outstanding,
      });
      await expectLoanInvariants(app.db, loanId);
    },
  );

  it('a payoff closes a loan for exactly its quote', async () => {
    const { total } = await quoteOf('DL-2025-0023');
    expect(total).toBe('1504.11');
    const payment = { amount: total, source_type: 'CASHIER', source_id: 'RECEIPT-2026-1' };
    const paid = await app
      .as('FINANCE')
      .post<{ loan: LoanDetailResponse }>('/loans/DL-2025-0023/payoff', { payment });
    expect(succeeded(paid).loan).toMatchObject({ status: 'CLOSED', outstanding_balance: '0.00' });
    await expectLoanInvariants(app.db, 'DL-2025-0023');
  });

  it.each([
    ['a write-off', `source_type = 'WRITE_OFF' AND source_id = 'DL-2025-0020' AND status = 'POSTED'`],
    ['a payment with the source type RECOVERY', `source_type = 'RECOVERY'`],
    ['a charge with the source type REFUND', `source_type = 'REFUND'`],
    ['a payment in a distant week', `source_id = 'FAR-1'`],
    ['a charge that is due in 2099', `category = 'TLC' AND amount = 36.00`],
    ['the DEBIT of an installment', `source_id = 'DL-2026-0032-INST-02' AND status = 'POSTED'`],
  ])('the verification passes after the void of %s', async (_, which) => {
    const [posting] = await app.db.query<[{ id: string }]>(
      `SELECT posting_id AS id FROM ledger_postings WHERE reverses_posting_id IS NULL AND ${which}`,
    );
    succeeded(await app.as('ADMIN').post(`/ledger/postings/${posting.id}/void`, { reason: 'Wrong' }));
    expect(await verify()).toMatchObject({ ok: true, differences: [] });
  });
});
