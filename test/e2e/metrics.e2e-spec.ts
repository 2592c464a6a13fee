import { DataSource } from 'typeorm';
import type { PostingResultResponse } from '../../src/modules/loans/posting-runs/posting-result.response.js';
import { InstallmentPostingService } from '../../src/modules/loans/index.js';
import { PostingScheduleService } from '../../src/modules/loans/posting-runs/posting-schedule.service.js';
import { InstallmentPostingRepository } from '../../src/modules/loans/posting/installment-posting.repository.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { aLoan } from '../support/factories.js';
import { scrape } from '../support/scrape.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';

const WEDNESDAY = '2025-10-29T09:00:00-04:00';
const NEXT_SUNDAY_AT_SIX = '2025-11-02T06:00:00-05:00';
const OVER_A_WEEK_LATER = '2025-11-12T09:00:00-05:00';

describe('the metrics', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ now: WEDNESDAY });
  });

  afterEach(() => app.close());

  it('count a new loan and its amount, but no rejected or repeated request', async () => {
    const before = await scrape(app);
    const { driver_id, lease_id } = await aLoan(app, { loan_amount: '950.00' });
    const loan = { driver_id, lease_id, loan_amount: '500.00', start_week: '2025-10-26' };
    const once = { 'idempotency-key': 'metrics-once-1' };
    for (const headers of [once, once]) await app.as('FINANCE').post('/loans', loan, headers);
    await app.as('FINANCE').post('/loans', { ...loan, loan_amount: '-1.00' });
    const after = await scrape(app);
    const increaseOf = (name: string, labels = {}) => after.value(name, labels) - before.value(name, labels);
    expect(increaseOf('loans_created_total')).toBe(2);
    expect(increaseOf('loan_amount_dollars_sum')).toBe(1_450);
    expect(increaseOf('loan_amount_dollars_bucket', { le: '500' })).toBe(1);
    expect(increaseOf('loan_amount_dollars_bucket', { le: '1000' })).toBe(2);
  });

  it('measure the duration and the installments of a posting run, but no dry run', async () => {
    await aLoan(app);
    const before = await scrape(app);
    for (const dry_run of [true, false]) {
      await app.as('FINANCE').post<PostingResultResponse>('/loans/installments/post', { dry_run });
    }
    const after = await scrape(app);
    const increaseOf = (name: string, labels = {}) =>
      after.value(name, labels) - before.value(name, labels, 0);
    expect(increaseOf('installments_posted_total')).toBe(1);
    expect(increaseOf('loan_posting_run_duration_seconds_count', { trigger: 'API' })).toBe(1);
    expect(after.value('loan_posting_run_failures_total', { trigger: 'CRON' })).toBeGreaterThanOrEqual(0);
  });

  it('count a posting run that fails', async () => {
    await aLoan(app);
    const failures = async () =>
      (await scrape(app)).value('loan_posting_run_failures_total', { trigger: 'API' });
    const before = await failures();
    jest
      .spyOn(app.get(InstallmentPostingRepository), 'planBatches')
      .mockRejectedValueOnce(new Error('broken'));
    expect((await app.as('FINANCE').post('/loans/installments/post')).status).toBe(500);
    expect(await failures()).toBe(before + 1);
  });

  it('label a request with its route template, and unknown URLs with no URL', async () => {
    const { loan_id } = await aLoan(app);
    await app.as('FINANCE').get(`/loans/${loan_id}`);
    await app.anonymous.get('/loans/DL-2025-0001');
    await app.anonymous.get('/made-up/5012345');
    await app.anonymous.post('/made-up/5012346');
    const { text, value } = await scrape(app);
    const count = (labels: object) => value('http_request_duration_seconds_count', labels, 0);
    const route = '/api/v1/loans/:loan_id';
    expect(count({ method: 'GET', route, status: '200' })).toBeGreaterThanOrEqual(1);
    expect(count({ method: 'GET', route, status: '401' })).toBeGreaterThanOrEqual(1);
    expect(count({ method: 'GET', route: 'unmatched', status: '404' })).toBeGreaterThanOrEqual(1);
    expect(count({ method: 'POST', route: 'unmatched', status: '404' })).toBeGreaterThanOrEqual(1);
    expect(text).not.toMatch(/DL-2025|made-up|501234/);
  });

  it('count all files and pages of the console under one route', async () => {
    const page = await app.app.inject({ url: '/console/' });
    const files = [...page.body.matchAll(/(?:src|href)="(\/console\/[^"]+)"/g)].map(([, file]) =>
      String(file),
    );
    expect(files.length).toBeGreaterThan(1);
    const before = await scrape(app);
    for (const url of [...files, '/console/loans/DL-2025-0001', '/console/assets/of-another-build.js']) {
      await app.app.inject({ url });
    }
    const after = await scrape(app);
    const console = { method: 'GET', route: '/console/*', status: '200' };
    const count = (from: typeof after) => from.value('http_request_duration_seconds_count', console, 0);
    expect(count(after) - count(before)).toBe(files.length + 1);
    const routes = new Set([...after.text.matchAll(/route="([^"]*)"/g)].map(([, route]) => route));
    expect([...routes].filter((route) => route?.startsWith('/console'))).toEqual(['/console/*']);
  });

  it('include the connection pool, the event loop and the process', async () => {
    const { value } = await scrape(app);
    expect(value('database_up')).toBe(1);
    expect(value('database_pool_max_connections')).toBe(5);
    expect(value('database_pool_connections')).toBeGreaterThanOrEqual(1);
    expect(value('database_pool_idle_connections')).toBeGreaterThanOrEqual(0);
    expect(value('database_pool_waiting_requests')).toBe(0);
    expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('share one database query among simultaneous scrapes', async () => {
    await scrape(app);
    const queries = jest.spyOn(app.get(DataSource), 'query');
    await Promise.all([scrape(app), scrape(app), scrape(app)]);
    expect(queries).not.toHaveBeenCalled();
  });
});

describe('the metrics from the database', () => {
  let app: TestApp;
  /** The posting job has no timer in tests; this runs it. */
  const postScheduled = () => {
    const { week } = app.get(PostingScheduleService).latest();
    return app.get(InstallmentPostingService).postScheduled(week, new AbortController().signal);
  };

  beforeEach(async () => {
    app = await startTestApp({ now: WEDNESDAY });
    await aLoan(app, { start_week: '2025-11-02' });
  });

  afterEach(() => app.close());

  it('show how long the posting is overdue, and the overdue installments', async () => {
    app.clock.set(OVER_A_WEEK_LATER);
    const { value } = await scrape(app);
    // Sunday 05:00 to Wednesday 09:00
    expect(value('loan_posting_overdue_seconds')).toBe((3 * 24 + 4) * 3_600);
    expect(value('loan_installments_unposted_overdue')).toBe(1);
    expect(value('loan_posting_last_success_timestamp_seconds', {}, -1)).toBe(-1);
    expect(value('ledger_open_balance_dollars', { category: 'LOANS' })).toBe(0);
  });

  it('show the installments rejected by the database until they are posted', async () => {
    app.clock.set(NEXT_SUNDAY_AT_SIX);
    const refuse = 'ADD CONSTRAINT ck_no_such_amount CHECK (amount <> 100) NOT VALID';
    await app.db.query(`ALTER TABLE ledger_postings ${refuse}`);
    await postScheduled();
    expect((await scrape(app)).value('loan_installments_posting_failed')).toBe(1);
    await app.db.query('ALTER TABLE ledger_postings DROP CONSTRAINT ck_no_such_amount');
    await app.as('FINANCE').post('/loans/installments/post', {});
    // another process without a cached value
    const other = await startTestApp({ databaseUrl: app.databaseUrl });
    const { value } = await scrape(other).finally(() => other.close());
    expect(value('loan_installments_posting_failed')).toBe(0);
    expect(value('loan_posting_last_success_timestamp_seconds')).toBe(Date.parse(NEXT_SUNDAY_AT_SIX) / 1_000);
  });

  it('show the time of the last successful scheduled run and the open balances', async () => {
    app.clock.set(NEXT_SUNDAY_AT_SIX);
    await postScheduled();
    const { value } = await scrape(app);
    expect(value('loan_posting_overdue_seconds')).toBe(0);
    expect(value('loan_installments_unposted_overdue')).toBe(0);
    expect(value('loan_installments_posting_failed')).toBe(0);
    expect(value('loan_posting_last_success_timestamp_seconds')).toBe(Date.parse(NEXT_SUNDAY_AT_SIX) / 1_000);
    expect(value('ledger_open_balance_dollars', { category: 'LOANS' })).toBe(100);
    expect(value('ledger_open_balance_dollars', { category: 'LEASE' })).toBe(0);
    expect(value('ledger_seals_waiting')).toBeGreaterThanOrEqual(1);
  });
});

describe('GET /metrics', () => {
  const TOKEN = 'a-token-of-the-tests';

  it('requires METRICS_TOKEN as bearer token if it is set', async () => {
    const app = await startTestApp({ env: { METRICS_TOKEN: TOKEN } });
    try {
      const ask = (authorization?: string) =>
        app.app.inject({ url: '/metrics', headers: authorization ? { authorization } : {} });
      expect((await ask()).statusCode).toBe(401);
      expect((await ask('Bearer a-token-of-the-testr')).statusCode).toBe(401);
      expect((await ask(`Bearer ${TOKEN}`)).statusCode).toBe(200);
    } finally {
      await app.close();
    }
  });

  it('returns 404 in production without a token', async () => {
    const app = await startTestApp({ env: { NODE_ENV: 'production' } });
    try {
      const answer = await app.app.inject({ url: '/metrics' });
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    } finally {
      await app.close();
    }
  });

  describe('without a database connection', () => {
    let database: TestDatabase;
    let proxy: TcpProxy;
    let app: TestApp;

    beforeEach(async () => {
      database = await createTestDatabase();
      proxy = await TcpProxy.to(database.url);
      app = await startTestApp({ databaseUrl: proxy.url });
    });

    afterEach(async () => {
      await app.close();
      await proxy.stop();
      await database.drop();
    });

    it('returns the metrics of the process and omits those of the database', async () => {
      await proxy.stop();
      const { value } = await scrape(app).finally(() => proxy.start());
      expect(value('database_up')).toBe(0);
      expect(value('process_resident_memory_bytes')).toBeGreaterThan(0);
      expect(value('loan_posting_overdue_seconds', {}, -1)).toBe(-1);
      expect(value('ledger_open_balance_dollars', { category: 'LOANS' }, -1)).toBe(-1);
    });
  });
});
