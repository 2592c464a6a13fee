import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { PayoffResponse } from '../../../src/modules/loans/servicing/payoff/payoff.response.js';
import type { PostingResultResponse } from '../../../src/modules/loans/posting-runs/posting-result.response.js';
import type { WriteOffResponse } from '../../../src/modules/loans/servicing/write-off/write-off.response.js';
import { PostingLockRepository } from '../../../src/modules/loans/loan/posting-lock.repository.js';
import { InstallmentPostingRepository } from '../../../src/modules/loans/posting/installment-posting.repository.js';
import type { ApiAnswer, ApiClient } from '../../support/api-client.js';
import { aLoan } from '../../support/factories.js';
import { expectLoanInvariants } from '../../support/ledger-invariants.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';
import { waitForLockWaiters } from '../../support/wait-for.js';

const SUNDAY = '2025-11-02T08:00:00-05:00';
const WEEK = '2025-11-02';
const ROUNDS = Array.from({ length: 10 }, (_, round) => round);

let app: TestApp;
let finance: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  app = await startTestApp({ now: SUNDAY, env: { DATABASE_POOL_SIZE: '10', POSTING_WORKERS: '1' } });
  [finance, admin] = [app.as('FINANCE'), app.as('ADMIN')];
  // sign in before the concurrent requests start
  await Promise.all([finance, admin].map((client) => client.get('/auth/me')));
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(SUNDAY));

afterEach(() => jest.restoreAllMocks());

const get = async ({ loan_id }: LoanDetailResponse) =>
  (await finance.get<LoanDetailResponse>(`/loans/${loan_id}`)).body;
const post = (loan: LoanDetailResponse, to = '2025-11-08') =>
  finance.post<PostingResultResponse>('/loans/installments/post', {
    loan_id: loan.loan_id,
    payment_period_start: WEEK,
    payment_period_end: to,
  });
const payOff = (loan: LoanDetailResponse, body: object = {}) =>
  finance.post<PayoffResponse>(`/loans/${loan.loan_id}/payoff`, body);
const writeOff = (loan: LoanDetailResponse) =>
  admin.post<WriteOffResponse>(`/loans/${loan.loan_id}/write-off`, { reason: 'Gone' });
const setStatus = (loan: LoanDetailResponse, status: string, more: object = {}) =>
  finance.put(`/loans/${loan.loan_id}/status`, { status, reason: 'Agreed', ...more });
const pay = (loan: LoanDetailResponse, amount: string, source_id: string) =>
  finance.post('/ledger/payments', {
    driver_id: loan.driver_id,
    lease_id: loan.lease_id,
    amount,
    payment_period_start: WEEK,
    source_type: 'RACE',
    source_id,
  });

/** Delays each round differently, so that the requests interleave at different steps. */
async function afterQueries<T>(queries: number, work: () => Promise<T>): Promise<T> {
  for (let count = 0; count < queries; count += 1) await app.db.query('SELECT 1');
  return work();
}

const statusesOf = (answers: readonly ApiAnswer<unknown>[]) => answers.map(({ status }) => status);
const unskipped = ({ installments }: LoanDetailResponse) =>
  installments.filter(({ status }) => status !== 'SKIPPED').map((part) => part.principal_amount);

describe('a payoff while a run posts the loan', () => {
  it('waits for the posting and pays off the rest', async () => {
    const loan = await aLoan(app, { start_week: WEEK });
    const posting = app.get(InstallmentPostingRepository);
    const postBatch = posting.postBatch.bind(posting);
    let count: ReturnType<typeof payOff> | undefined;
    jest.spyOn(posting, 'postBatch').mockImplementationOnce(async (...parameters) => {
      const sum = await postBatch(...parameters);
      count = payOff(loan);
      await waitForLockWaiters(app.db, 1);
      return sum;
    });
    expect((await post(loan)).body).toMatchObject({ installments_posted: 1 });
    expect((await count)?.body.quote).toMatchObject({
      unpaid_principal: '100.00',
      unposted_principal: '400.00',
    });
    expect(unskipped(await get(loan))).toEqual(['100.00', '400.00']);
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('leaves nothing to post for a run that has only selected the loan', async () => {
    const loan = await aLoan(app, { start_week: WEEK });
    const lock = app.get(PostingLockRepository);
    const share = lock.share.bind(lock);
    jest.spyOn(lock, 'share').mockImplementationOnce(async (tx) => {
      expect((await payOff(loan)).status).toBe(200);
      return share(tx);
    });
    expect((await post(loan)).body).toMatchObject({ success: true, installments_posted: 0 });
    expect(unskipped(await get(loan))).toEqual(['500.00']);
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('never posts a cent of principal twice', async () => {
    for (const round of ROUNDS) {
      const loan = await aLoan(app, { start_week: WEEK });
      const answers = await Promise.all([post(loan), afterQueries(round, () => payOff(loan))]);
      expect(statusesOf(answers)).toEqual([200, 200]);
      await expectLoanInvariants(app.db, loan.loan_id);
    }
  });
});

describe('the same closing request sent twice at once', () => {
  it('pays a loan off once', async () => {
    for (const round of ROUNDS) {
      const loan = await aLoan(app, { start_week: WEEK });
      const answers = await Promise.all([payOff(loan), afterQueries(round, () => payOff(loan))]);
      expect(statusesOf(answers).toSorted()).toEqual([200, 409]);
      expect(unskipped(await get(loan))).toEqual(['500.00']);
      await expectLoanInvariants(app.db, loan.loan_id);
    }
  });

  it('writes a loan off once', async () => {
    const loan = await aLoan(app, { start_week: WEEK });
    await post(loan);
    const answers = await Promise.all([writeOff(loan), writeOff(loan)]);
    expect(statusesOf(answers).toSorted()).toEqual([200, 409]);
    expect(await get(loan)).toMatchObject({ status: 'CLOSED', written_off: '500.00' });
    await expectLoanInvariants(app.db, loan.loan_id);
  });

  it('pays a loan off and writes it off one after the other', async () => {
    for (const round of ROUNDS) {
      const loan = await aLoan(app, { start_week: WEEK });
      await post(loan);
      const [paidOff, writtenOff] = await Promise.all([
        payOff(loan),
        afterQueries(round, () => writeOff(loan)),
      ]);
      expect(writtenOff.status).toBe(200);
      expect([200, 409]).toContain(paidOff.status);
      expect(await get(loan)).toMatchObject({ status: 'CLOSED', written_off: '500.00' });
      await expectLoanInvariants(app.db, loan.loan_id);
    }
  });
});

describe('a resume while a run posts', () => {
  it('never lets the run post the weeks of the hold', async () => {
    for (const round of ROUNDS) {
      app.clock.set(SUNDAY);
      const loan = await aLoan(app, { start_week: WEEK });
      await setStatus(loan, 'ON_HOLD');
      app.clock.set('2025-11-23T08:00:00-05:00');
      const answers = await Promise.all([
        afterQueries(round, () => post(loan, '2025-11-29')),
        setStatus(loan, 'ACTIVE', { resume_week: '2025-11-23' }),
      ]);
      expect(statusesOf(answers)).toEqual([200, 200]);
      const { installments } = await get(loan);
      expect(installments[0]).toMatchObject({ week_start: '2025-11-23' });
      expect(installments.slice(1).map(({ posted_to_ledger }) => posted_to_ledger)).not.toContain(true);
      await expectLoanInvariants(app.db, loan.loan_id);
    }
  });
});

describe('a payment during a write-off', () => {
  it('is either collected or stays a credit of the driver, and is never also written off', async () => {
    for (const round of ROUNDS) {
      const loan = await aLoan(app, { start_week: WEEK });
      await post(loan);
      const [written, paid] = await Promise.all([
        writeOff(loan),
        afterQueries(round, () => pay(loan, '30.00', loan.loan_id)),
      ]);
      expect(statusesOf([written, paid])).toEqual([200, 201]);
      const { remaining_unallocated } = paid.body as { remaining_unallocated: string };
      const collected = remaining_unallocated === '30.00' ? '0.00' : '30.00';
      expect(await get(loan)).toMatchObject({
        status: 'CLOSED',
        total_principal_paid: collected,
        written_off: collected === '0.00' ? '500.00' : '470.00',
      });
      await expectLoanInvariants(app.db, loan.loan_id);
    }
  });
});
