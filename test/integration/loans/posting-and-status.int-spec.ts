import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { PostingResultResponse } from '../../../src/modules/loans/posting-runs/posting-result.response.js';
import { PostingLockRepository } from '../../../src/modules/loans/loan/posting-lock.repository.js';
import { InstallmentPostingRepository } from '../../../src/modules/loans/posting/installment-posting.repository.js';
import { AppConfig } from '../../../src/platform/config/app-config.js';
import type { ApiClient } from '../../support/api-client.js';
import { aDriverWithLease, aLoan } from '../../support/factories.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';
import { waitForLockWaiters } from '../../support/wait-for.js';

const SUNDAY = '2025-11-02T08:00:00-05:00';
const WEEK = '2025-11-02';
const ROUNDS = 30;
const QUERIES_PER_STEP = 5;

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  // more connections than the rounds below use at once
  app = await startTestApp({ now: SUNDAY, env: { DATABASE_POOL_SIZE: '10' } });
  finance = app.as('FINANCE');
});

beforeEach(() => app.clock.set(SUNDAY));

afterAll(() => app.close());

interface LoanState {
  status: string;
  posted: number;
  debits: number;
  unposted: number;
}

/** The status of the loan, its installments and its DEBITs in one snapshot. */
async function statesOf({ loan_id }: LoanDetailResponse): Promise<LoanState> {
  const [row] = await app.db.query<[LoanState]>(
    `SELECT l.status,
            count(*) FILTER (WHERE s.posted_to_ledger)::integer AS posted,
            count(*) FILTER (WHERE s.status = 'SCHEDULED')::integer AS unposted,
            (SELECT count(*)::integer FROM ledger_postings p
             WHERE starts_with(p.source_id, l.loan_id || '-INST-') AND p.status = 'POSTED') AS debits
     FROM driver_loans l JOIN loan_schedules s USING (loan_id) WHERE loan_id = $1 GROUP BY l.id`,
    [loan_id],
  );
  return row;
}

const post = (loan: LoanDetailResponse) =>
  finance.post<PostingResultResponse>('/loans/installments/post', { loan_id: loan.loan_id });

const setStatus = (loan: LoanDetailResponse, status: string) =>
  finance.put<{ code?: string }>(`/loans/${loan.loan_id}/status`, { status, reason: 'Agreed by telephone' });

describe('a loan whose status changes while a run posts it', () => {
  let loan: LoanDetailResponse;
  let posting: InstallmentPostingRepository;

  beforeEach(async () => {
    loan = await aLoan(app, { start_week: WEEK });
    posting = app.get(InstallmentPostingRepository);
    // a second worker would post the batch while the first one is held up
    app.get(AppConfig).POSTING_WORKERS = 1;
  });

  afterEach(() => {
    jest.restoreAllMocks();
    app.get(AppConfig).POSTING_WORKERS = 2;
  });

  /** Runs the posting and changes the status in the middle of a batch, so that the change has to wait. */
  async function duringItsBatch(status: string) {
    const postBatch = posting.postBatch.bind(posting);
    let change: ReturnType<typeof setStatus> | undefined;
    jest.spyOn(posting, 'postBatch').mockImplementationOnce(async (...parameters) => {
      const sum = await postBatch(...parameters);
      change = setStatus(loan, status);
      await waitForLockWaiters(app.db, 1);
      return sum;
    });
    return { run: await post(loan), answer: await change };
  }

  /** Runs the posting and changes the status after the run has selected the loan and before it posts it. */
  async function beforeItsBatch(status: string) {
    const lock = app.get(PostingLockRepository);
    const share = lock.share.bind(lock);
    let answer: Awaited<ReturnType<typeof setStatus>> | undefined;
    jest.spyOn(lock, 'share').mockImplementationOnce(async (tx) => {
      answer = await setStatus(loan, status);
      return share(tx);
    });
    return { run: await post(loan), answer };
  }

  it('is not cancelled because the cancellation waits for the posting and then finds it', async () => {
    const { run, answer } = await duringItsBatch('CANCELLED');
    expect(run.body).toMatchObject({ message: 'Posted 1/1 installments' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'LOAN_HAS_POSTED_INSTALLMENTS' } });
    expect(await statesOf(loan)).toEqual({ status: 'ACTIVE', posted: 1, debits: 1, unposted: 4 });
  });

  it('is put on hold after the posting of the week and keeps the posting', async () => {
    const { run, answer } = await duringItsBatch('ON_HOLD');
    expect(run.body).toMatchObject({ message: 'Posted 1/1 installments' });
    expect(answer?.status).toBe(200);
    expect(await statesOf(loan)).toEqual({ status: 'ON_HOLD', posted: 1, debits: 1, unposted: 4 });
  });

  it.each([
    ['CANCELLED', 0],
    ['ON_HOLD', 5],
  ])('is not posted if it became %s before the run reached it', async (status, unposted) => {
    const { run, answer } = await beforeItsBatch(status);
    expect(answer?.status).toBe(200);
    expect(run.body).toMatchObject({ success: true, installments_posted: 0, errors: null });
    expect(await statesOf(loan)).toEqual({ status, posted: 0, debits: 0, unposted });
  });
});

describe('a loan that resumes with an unposted installment before a posted one', () => {
  it('moves only the unposted installments', async () => {
    const loan = await aLoan(app, { start_week: WEEK, loan_amount: '450.00', interest_rate: '10.00' });
    app.clock.advanceDays(7);
    // a manual run for the current week only, so that the week of the first installment is missed
    expect((await post(loan)).body).toMatchObject({ message: 'Posted 1/1 installments' });
    const postedRow = () =>
      app.db.query(`SELECT * FROM loan_schedules WHERE loan_id = $1 AND posted_to_ledger`, [loan.loan_id]);
    const posted = await postedRow();
    await setStatus(loan, 'ON_HOLD');
    expect((await setStatus(loan, 'ACTIVE')).status).toBe(200);

    expect(await postedRow()).toEqual(posted);
    const rows = await app.db.query<object[]>(
      `SELECT installment_number AS number, due_date::text, interest_principal AS base, interest_to - interest_from AS days, status
       FROM loan_schedules WHERE loan_id = $1 ORDER BY 1`,
      [loan.loan_id],
    );
    expect(rows).toEqual([
      { number: 1, due_date: '2025-11-22', base: '350.00', days: 7, status: 'SCHEDULED' },
      { number: 2, due_date: '2025-11-15', base: '350.00', days: 7, status: 'POSTED' },
      { number: 3, due_date: '2025-11-29', base: '250.00', days: 7, status: 'SCHEDULED' },
      { number: 4, due_date: '2025-12-06', base: '150.00', days: 7, status: 'SCHEDULED' },
      { number: 5, due_date: '2025-12-13', base: '50.00', days: 7, status: 'SCHEDULED' },
    ]);
  });

  it('accrues interest from the latest posted week, whatever the installment number', async () => {
    const loan = await aLoan(app, { start_week: WEEK, loan_amount: '450.00', interest_rate: '10.00' });
    app.clock.advanceDays(7);
    await post(loan);
    for (const status of ['ON_HOLD', 'ACTIVE']) await setStatus(loan, status);
    app.clock.advanceDays(7);
    // the first installment is now in the week after the second one
    expect((await post(loan)).body).toMatchObject({ message: 'Posted 1/1 installments' });
    for (const status of ['ON_HOLD', 'ACTIVE']) await setStatus(loan, status);
    const [third] = await app.db.query<[object]>(
      `SELECT due_date::text, interest_to - interest_from AS days FROM loan_schedules
       WHERE loan_id = $1 AND installment_number = 3`,
      [loan.loan_id],
    );
    expect(third).toEqual({ due_date: '2025-11-29', days: 7 });
  });
});

describe(`${ROUNDS} rounds of a posting run against a status change`, () => {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

  /** Sends some queries first, so that each round interleaves with the run at a different step. */
  /** The number of queries. The last rounds start well after the run has begun, also on a slow machine. */
  async function setStatusAfter(steps: number, loan: LoanDetailResponse, status: string) {
    for (let change = 0; change < QUERIES_PER_STEP * steps; change += 1) await app.db.query('SELECT 1');
    return setStatus(loan, status);
  }

  it('never leave a posted installment on a cancelled loan', async () => {
    for (const round of rounds) {
      const loan = await aLoan(app, { start_week: WEEK, loan_amount: '100.00' });
      const [run, cancelled] = await Promise.all([post(loan), setStatusAfter(round, loan, 'CANCELLED')]);
      expect(run.status).toBe(200);
      const state = await statesOf(loan);
      if (cancelled.status === 200) {
        expect(state).toEqual({ status: 'CANCELLED', posted: 0, debits: 0, unposted: 0 });
      } else {
        expect(cancelled).toMatchObject({ status: 409, body: { code: 'LOAN_HAS_POSTED_INSTALLMENTS' } });
        expect(state).toEqual({ status: 'ACTIVE', posted: 1, debits: 1, unposted: 0 });
      }
    }
  });

  it('never end in a deadlock, even with holds, resumes and payments in between', async () => {
    const { driver, lease } = await aDriverWithLease(app);
    const parties = { driver_id: driver.id, lease_id: lease.id };
    const loans = [
      await aLoan(app, { ...parties, start_week: WEEK, loan_amount: '3000.00' }),
      await aLoan(app, { ...parties, start_week: WEEK, loan_amount: '3000.00' }),
    ] as const;
    const pay = (source_id: string) =>
      finance.post('/ledger/payments', {
        ...parties,
        amount: '1.37',
        payment_period_start: WEEK,
        source_type: 'STORM',
        source_id,
      });
    const all = () => finance.post('/loans/installments/post', {});
    for (const round of rounds) {
      // the loans are held in one round and resumed in the next, so every other round has a week to post
      if (round % 2 === 0) app.clock.advanceDays(7);
      const status = round % 2 ? 'ACTIVE' : 'ON_HOLD';
      const answers = await Promise.all([
        all(),
        setStatusAfter(round, loans[0], status),
        pay(`ROUND-${round}-A`),
        setStatusAfter(ROUNDS - round, loans[1], status),
        pay(`ROUND-${round}-B`),
        post(loans[round % 2 ? 0 : 1]),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 200, 201, 200]);
    }
    for (const loan of loans) {
      const { posted, debits } = await statesOf(loan);
      expect(posted).toBeGreaterThan(0);
      expect(debits).toBe(posted);
    }
  });
});
