import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { ApiAnswer } from '../support/api-client.js';
import { ApiClient } from '../support/api-client.js';
import { aBorrower, aDriver } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import type { Replicas } from '../support/replicas.js';
import { onOneDatabase } from '../support/replicas.js';
import { tamper } from '../support/tampering.js';
import type { TestApp } from '../support/test-app.js';
import { waitForLockWaiters } from '../support/wait-for.js';

let replicas: Replicas;
let app: TestApp;
let replica: TestApp;
let token: string | null;
let keys = 0;

beforeAll(async () => {
  replicas = await onOneDatabase();
  app = await replicas.start();
  replica = await replicas.start();
  token = await app.as('FINANCE').accessToken();
});

afterAll(() => replicas.close());

afterEach(() => jest.restoreAllMocks());

const newKey = (): string => `key-${(keys += 1)}`;

const aLoanRequest = async (): Promise<object> => ({
  ...(await aBorrower(app)),
  loan_amount: '500.00',
  start_week: app.clock.currentWeek().start,
});

/** The same clerk on one of the two processes. */
const on = (process: TestApp): ApiClient => new ApiClient(process.app, () => Promise.resolve(token));

const createLoan = (body: object, key: string, client = on(app)): Promise<ApiAnswer<LoanDetailResponse>> =>
  client.post<LoanDetailResponse>('/loans', body, { 'idempotency-key': key });

const loansOf = async (body: object): Promise<number> => {
  const { lease_id } = body as { lease_id: number };
  const rows = await app.db.query<unknown[]>('SELECT 1 FROM driver_loans WHERE lease_id = $1', [lease_id]);
  return rows.length;
};

describe('simultaneous requests with one Idempotency-Key', () => {
  it('create one loan on all replicas, and return the same response or 409', async () => {
    const body = await aLoanRequest();
    const key = newKey();
    const clients = Array.from({ length: 10 }, (_, index) => on(index % 2 ? replica : app));
    const answers = await Promise.all(clients.map((client) => createLoan(body, key, client)));
    const done = answers.filter(({ status }) => status === 201);
    expect(await loansOf(body)).toBe(1);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(done.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    for (const other of answers.filter(({ status }) => status !== 201)) {
      expectProblem(other, 409, 'REQUEST_IN_PROGRESS');
    }
  });

  it('return 409 while the first is running, and its result afterwards', async () => {
    const body = (await aLoanRequest()) as { driver_id: number };
    const key = newKey();
    const holder = app.db.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT 1 FROM drivers WHERE id = $1 FOR UPDATE', [body.driver_id]);
    const first = createLoan(body, key);
    await waitForLockWaiters(app.db, 1);
    expectProblem(await createLoan(body, key, on(replica)), 409, 'REQUEST_IN_PROGRESS');
    await holder.rollbackTransaction();
    await holder.release();
    const created = await first;
    expect(created.status).toBe(201);
    expect(await createLoan(body, key, on(replica))).toMatchObject({ status: 201, body: created.body });
    expect(await loansOf(body)).toBe(1);
  });
});

describe('an Idempotency-Key', () => {
  it('returns the stored response on another replica too', async () => {
    const body = await aLoanRequest();
    const key = newKey();
    const first = await createLoan(body, key);
    const second = await createLoan(body, key, on(replica));
    expect(second).toMatchObject({
      status: 201,
      body: first.body,
      headers: { 'idempotency-replayed': 'true' },
    });
    expect(await loansOf(body)).toBe(1);
  });

  it('returns the stored response even after the record has changed', async () => {
    const body = await aLoanRequest();
    const key = newKey();
    const first = await createLoan(body, key);
    await on(app).patch(`/loans/${first.body.loan_id}`, { purpose: 'Tyres' });
    expect((await createLoan(body, key)).body).toEqual(first.body);
  });

  it('belongs to its user: another user with the same key creates a second loan', async () => {
    const body = await aLoanRequest();
    const key = newKey();
    const mine = await createLoan(body, key);
    const theirs = await createLoan({ ...body, notes: 'another request' }, key, app.as('ADMIN'));
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body.loan_id).not.toBe(mine.body.loan_id);
  });

  it('belongs to its route: the same key registers a driver and creates a loan', async () => {
    const key = newKey();
    const driver = { tlc_license_number: `K${keys}`, first_name: 'Ada', last_name: 'Rider' };
    const registered = await on(app).post('/drivers', driver, { 'idempotency-key': key });
    const created = await createLoan(await aLoanRequest(), key);
    expect([registered.status, created.status]).toEqual([201, 201]);
    expect(created.headers['idempotency-replayed']).toBeUndefined();
  });

  it('is not consumed by invalid input or a rejected loan', async () => {
    const body = (await aLoanRequest()) as { driver_id: number; lease_id: number };
    const key = newKey();
    expectProblem(await createLoan({ ...body, loan_amount: '-5' }, key), 400, 'VALIDATION_FAILED');
    const stranger = await aDriver(app);
    const rejected = await createLoan({ ...body, driver_id: stranger.id }, key);
    expectProblem(rejected, 400, 'LEASE_DRIVER_MISMATCH');
    const created = await createLoan(body, key);
    expect(created.status).toBe(201);
    expect(created.headers['idempotency-replayed']).toBeUndefined();
  });

  it('is rejected with another body, and its stored response remains', async () => {
    const body = await aLoanRequest();
    const key = newKey();
    const first = await createLoan(body, key);
    expectProblem(await createLoan({ ...body, loan_amount: '600.00' }, key), 422, 'IDEMPOTENCY_KEY_REUSED');
    expect(await loansOf(body)).toBe(1);
    expect((await createLoan(body, key)).body).toEqual(first.body);
  });

  it('is valid for 24 hours, then is new again, and expired keys are deleted', async () => {
    const body = await aLoanRequest();
    const key = newKey();
    await createLoan(body, key);
    const age = (hours: string) =>
      tamper(app.db, `UPDATE idempotency_keys SET created_at = now() - interval '${hours}'`);
    await age('23:59:00');
    expect((await createLoan(body, key)).headers['idempotency-replayed']).toBe('true');
    expect(await loansOf(body)).toBe(1);

    await age('24:00:01');
    const recreated = await createLoan(body, key);
    expect(recreated.status).toBe(201);
    expect(recreated.headers['idempotency-replayed']).toBeUndefined();
    expect(await loansOf(body)).toBe(2);
    expect((await createLoan(body, key)).body).toEqual(recreated.body);

    for (let sweeps = 0; sweeps < 3; sweeps += 1) await createLoan(await aLoanRequest(), newKey());
    const expired = await app.db.query<unknown[]>(
      `SELECT 1 FROM idempotency_keys WHERE created_at < now() - interval '24 hours'`,
    );
    expect(expired).toEqual([]);
  });

  it('is optional: two requests without one create two loans', async () => {
    const body = await aLoanRequest();
    expect([await on(app).post('/loans', body), await on(app).post('/loans', body)]).toMatchObject([
      { status: 201 },
      { status: 201 },
    ]);
    expect(await loansOf(body)).toBe(2);
  });

  it('is ignored by dry runs and remains usable for the payment', async () => {
    const payment = {
      ...(await aBorrower(app)),
      amount: '50.00',
      payment_period_start: app.clock.currentWeek().start,
      source_type: 'WEEKLY_EARNINGS',
      source_id: `idempotency-${newKey()}`,
    };
    const pay = (dry_run: boolean, key: string) =>
      on(app).post('/ledger/payments', { ...payment, dry_run }, { 'idempotency-key': key });
    const key = newKey();
    for (const dryRun of [true, true, false]) {
      const answer = await pay(dryRun, key);
      expect(answer.status).toBe(dryRun ? 200 : 201);
      expect(answer.headers['idempotency-replayed']).toBeUndefined();
    }
    expect((await pay(false, key)).headers['idempotency-replayed']).toBe('true');
  });
});

describe('a process that is killed', () => {
  it('creates one loan if killed after the commit; the other replica returns the stored response', async () => {
    const body = await aLoanRequest();
    const key = newKey();
    const transactions = app.get(Transactions);
    const run = transactions.run.bind(transactions);
    jest.spyOn(transactions, 'run').mockImplementationOnce(async (work) => {
      await run(work);
      throw new Error('killed');
    });
    expect((await createLoan(body, key)).status).toBe(500);
    const retried = await createLoan(body, key, on(replica));
    expect(retried).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    expect(await loansOf(body)).toBe(1);
    expect((await on(app).get(`/loans/${retried.body.loan_id}`)).body).toEqual(retried.body);
  });

  it('creates and stores nothing if killed before the commit; the next request creates the loan', async () => {
    const body = await aLoanRequest();
    const key = newKey();
    jest.spyOn(app.get(AuditLog), 'add').mockImplementationOnce(async (tx) => {
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    expect((await createLoan(body, key)).status).toBeGreaterThanOrEqual(500);
    expect(await loansOf(body)).toBe(0);
    const retried = await createLoan(body, key, on(replica));
    expect(retried.status).toBe(201);
    expect(retried.headers['idempotency-replayed']).toBeUndefined();
    expect(await loansOf(body)).toBe(1);
  });
});
