import type { AuditEntry } from '../../src/platform/audit/audit-entry.js';
import { AuditQuery } from '../../src/platform/audit/audit.query.js';
import type { Page } from '../../src/platform/database/page.js';
import { PasswordResetService, UserCreationService } from '../../src/modules/users/index.js';
import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import type { ApiAnswer } from '../support/api-client.js';
import { aDriverWithLease, aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { tick } from '../support/scheduled-posting.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const TODAY = '2025-10-29T09:00:00-04:00';

let app: TestApp;
/** The id of the last entry before the test */
let last: number;

beforeAll(async () => {
  app = await startTestApp({ now: TODAY });
  await Promise.all([idOf('FINANCE'), idOf('ADMIN')]);
});

afterAll(() => app.close());

beforeEach(async () => {
  app.clock.set(TODAY);
  last = (await list('?page_size=1')).body.items[0]?.id ?? 0;
});

const list = (query = ''): Promise<ApiAnswer<Page<AuditEntry>>> => app.as('ADMIN').get(`/audit${query}`);

/** The entries that the test created. */
const entries = async (query: string): Promise<AuditEntry[]> =>
  (await list(query)).body.items.filter(({ id }) => id > last);

const idOf = async (role: 'FINANCE' | 'ADMIN'): Promise<number> =>
  (await app.as(role).get<{ id: number }>('/auth/me')).body.id;

describe('the audit log', () => {
  it('stores the complete response for a new record', async () => {
    const loan = await aLoan(app);
    expect(await entries('?record_type=loan')).toEqual([
      {
        id: expect.any(Number),
        at: '2025-10-29T13:00:00.000Z',
        actor_id: await idOf('FINANCE'),
        action: 'loan.create',
        record_type: 'loan',
        record_id: loan.loan_id,
        before: null,
        after: loan,
        request_id: expect.stringMatching(/^[\w-]{36}$/),
        address: '127.0.0.1',
      },
    ]);
  });

  it('stores the old and new values of the changed fields only', async () => {
    const { loan_id } = await aLoan(app);
    app.clock.set('2025-10-30T09:00:00-04:00');
    const headers = { 'x-request-id': 'desk-7-request-1' };
    await app.as('FINANCE').patch(`/loans/${loan_id}`, { purpose: 'Rent' }, headers);
    expect(await entries('?action=loan.edit')).toMatchObject([
      {
        record_id: loan_id,
        before: { purpose: null, updated_on: '2025-10-29T13:00:00.000Z' },
        after: { purpose: 'Rent', updated_on: '2025-10-30T13:00:00.000Z' },
        request_id: 'desk-7-request-1',
      },
    ]);
    const [edited] = await entries('?action=loan.edit');
    expect(Object.keys(edited!.before!)).toEqual(['purpose', 'updated_on']);
  });

  it('stores nothing for a rejected request, a failure or a dry run', async () => {
    const { driver, lease } = await aDriverWithLease(app);
    const finance = app.as('FINANCE');
    const { loan_id } = await aLoan(app);
    const { total } = (await list()).body;
    const payment = {
      driver_id: driver.id,
      lease_id: lease.id,
      amount: '50.00',
      payment_period_start: '2025-10-26',
      source_type: 'WEEKLY_EARNINGS',
      source_id: 'one',
    };
    const newcomer = { first_name: 'Eve', last_name: 'Rider' };
    const closed = { status: 'CLOSED', reason: 'No' };
    const answers = [
      await finance.post('/ledger/payments', { ...payment, dry_run: true }),
      await finance.post('/loans/installments/post', { dry_run: true }),
      await finance.post('/ledger/payments', { ...payment, lease_id: 999 }),
      await finance.post('/drivers', { ...newcomer, tlc_license_number: driver.tlc_license_number }),
      await finance.put(`/loans/${loan_id}/status`, closed),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 409, 409]);
    expect((await list()).body.total).toBe(total);
  });

  it('stores one entry without actor for a scheduled posting, however many processes run it', async () => {
    await aLoan(app);
    await aLoan(app);
    app.clock.set('2025-11-02T05:00:00-05:00');
    await Promise.all([tick(app), tick(app)]);
    await tick(app);
    expect(await entries('?action=installments.post')).toMatchObject([
      {
        record_type: 'posting_run',
        actor_id: null,
        request_id: null,
        address: null,
        after: { trigger: 'CRON', period_start: null, period_end: '2025-11-08', loan_id: null },
      },
    ]);
  });

  it('never stores a password, a password hash or a token', async () => {
    const secret = 'a very secret phrase 42';
    const email = 'maria@example.com';
    const users = app.get(UserCreationService);
    const user = { email, name: 'Maria Ruiz', password: secret, roles: ['FINANCE'] };
    const { id } = await users.register(SYSTEM_ACTOR, user);
    const another = { password: `${secret}!`, field: 'password', mustChange: false } as const;
    await app.get(PasswordResetService).reset(SYSTEM_ACTOR, id, another);
    await app.anonymous.post('/auth/login', { email, password: `${secret}!` });
    await aLoan(app);
    const made = await entries('?record_type=user');
    expect(made.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['user.create', 'user.password']),
    );
    const [{ all }] = await app.db.query<[{ all: string }]>(
      'SELECT json_agg(entry)::text AS all FROM audit_log AS entry',
    );
    const hashes = await app.db.query<{ password_hash: string }[]>('SELECT password_hash FROM users');
    for (const { password_hash } of hashes) expect(all).not.toContain(password_hash);
    expect(all).not.toMatch(/secret phrase|argon2|password_hash|access_token|eyJ/);
  });

  it('is append-only: the database rejects UPDATE, DELETE and TRUNCATE', async () => {
    await aLoan(app);
    for (const sql of [
      `UPDATE audit_log SET actor_id = NULL`,
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
      'TRUNCATE users CASCADE',
      // even if no row matches
      `DELETE FROM audit_log WHERE id = -1`,
    ]) {
      await expect(app.db.query(sql)).rejects.toMatchObject({ driverError: { code: '55000' } });
    }
  });
});

describe('GET /audit', () => {
  it('lists entries newest first, page by page', async () => {
    for (const day of ['10', '11', '12']) {
      app.clock.set(`2026-02-${day}T09:00:00-05:00`);
      await aLoan(app);
    }
    const february = 'record_type=loan&from=2026-02-01';
    const { body: first } = await list(`?${february}&page_size=2`);
    expect(first).toMatchObject({ total: 3, page: 1, page_size: 2, total_pages: 2 });
    const { body: second } = await list(`?${february}&page_size=2&page=2`);
    const days = [...first.items, ...second.items].map(({ at }) => String(at).slice(0, 10));
    expect(days).toEqual(['2026-02-12', '2026-02-11', '2026-02-10']);
    const ascending = await entries(`?${february}&sort_order=asc`);
    expect(ascending.map(({ id }) => id)).toEqual(
      [...first.items, ...second.items].map(({ id }) => id).reverse(),
    );
  });

  it('filters by record, action and actor', async () => {
    const { loan_id } = await aLoan(app);
    await aLoan(app);
    await app.as('FINANCE').patch(`/loans/${loan_id}`, { purpose: 'Rent' });
    await app.as('ADMIN').patch(`/loans/${loan_id}`, { purpose: 'Tyres' });
    expect(await entries(`?record_type=loan&record_id=${loan_id}`)).toHaveLength(3);
    expect(await entries(`?record_type=driver&record_id=${loan_id}`)).toEqual([]);
    expect(await entries(`?record_id=${loan_id}&action=loan.edit`)).toHaveLength(2);
    const admins = await entries(`?action=loan.edit&actor_id=${await idOf('ADMIN')}`);
    expect(admins).toMatchObject([{ after: { purpose: 'Tyres' } }]);
  });

  it('filters by days in the time zone of the fleet', async () => {
    for (const instant of ['2026-03-07T23:59:59-05:00', '2026-03-08T00:00:00-05:00', TODAY]) {
      app.clock.set(instant);
      await aLoan(app);
    }
    const daysOf = async (query: string) =>
      (await entries(`?action=loan.create&${query}`)).map(({ at }) => at);
    expect(await daysOf('from=2026-03-08')).toEqual(['2026-03-08T05:00:00.000Z']);
    expect(await daysOf('from=2026-03-07&to=2026-03-07')).toEqual(['2026-03-08T04:59:59.000Z']);
    expect(await daysOf('to=2025-10-29')).toEqual(['2025-10-29T13:00:00.000Z']);
  });

  it('requires audit:view', async () => {
    expectProblem(await app.as('FINANCE').get('/audit'), 403, 'PERMISSION_MISSING');
    expectProblem(await app.as('MANAGER').get('/audit'), 403, 'PERMISSION_MISSING');
    expectProblem(await app.anonymous.get('/audit'), 401, 'UNAUTHENTICATED');
  });

  it('rejects invalid filters', async () => {
    expectFieldErrors(await list('?actor_id=x&from=2025-02-30&to=now'), 'actor_id', 'from', 'to');
    expectFieldErrors(await list('?record=loan'), 'record');
  });
});

describe('the history of a record', () => {
  it('contains only its own entries, oldest first', async () => {
    const { loan_id } = await aLoan(app);
    await aLoan(app);
    await app.as('FINANCE').patch(`/loans/${loan_id}`, { notes: 'Called' });
    const history = await app.get(AuditQuery).entriesOf('loan', loan_id);
    expect(history).toMatchObject([
      { record_id: loan_id, action: 'loan.create' },
      { record_id: loan_id, action: 'loan.edit', before: { notes: null }, after: { notes: 'Called' } },
    ]);
  });
});
