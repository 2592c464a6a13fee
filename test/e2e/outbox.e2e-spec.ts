import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { Changes } from '../../src/platform/changes/changes.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { ApiClient } from '../support/api-client.js';
import { aDriver, aLoan } from '../support/factories.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aUser, bearer, signIn } from '../support/users.js';

interface OutboxEvent {
  readonly type: string;
  readonly payload: object;
}

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

const eventsOf = (aggregateType: string, id: string | number): Promise<OutboxEvent[]> =>
  app.db.query<OutboxEvent[]>(
    'SELECT type, payload FROM outbox WHERE aggregate_type = $1 AND aggregate_id = $2 ORDER BY id',
    [aggregateType, id],
  );

describe('an event in the outbox', () => {
  it('carries the view that the API shows after the change', async () => {
    const { loan_id } = await aLoan(app);
    const created = (await finance.get<object>(`/loans/${loan_id}`)).body;
    await finance.patch(`/loans/${loan_id}`, { purpose: 'Transmission repair' });
    const changed = (await finance.get<object>(`/loans/${loan_id}`)).body;
    expect(await eventsOf('loan', loan_id)).toEqual([
      { type: 'loan.create', payload: created },
      { type: 'loan.edit', payload: changed },
    ]);
    expect(changed).not.toEqual(created);
  });

  it('is not written if the change is rejected, changes nothing or is a dry run', async () => {
    const { loan_id } = await aLoan(app, { purpose: 'Transmission repair' });
    const written = await eventsOf('loan', loan_id);
    const stale = { 'if-match': '"another state"' };
    expect((await finance.patch(`/loans/${loan_id}`, { purpose: 'Tires' }, stale)).status).toBe(412);
    expect((await finance.patch(`/loans/${loan_id}`, { purpose: 'Transmission repair' })).status).toBe(200);
    const hold = { status: 'ON_HOLD', reason: 'Driver is in hospital', dry_run: true };
    expect((await finance.put(`/loans/${loan_id}/status`, hold)).status).toBe(200);
    expect(await eventsOf('loan', loan_id)).toEqual(written);
  });

  it('has the same fields if a user signs out everywhere and if an administrator does it', async () => {
    const [own, others] = [await aUser(app), await aUser(app)];
    const { access } = await signIn(app, own.email);
    await app.anonymous.post('/auth/logout-everywhere', {}, bearer(access));
    await app.as('ADMIN').post(`/users/${others.id}/logout`, {});
    const [bySelf] = (await eventsOf('user', own.id)).filter(({ type }) => type === 'user.sign-out');
    const [byAdmin] = (await eventsOf('user', others.id)).filter(({ type }) => type === 'user.sign-out');
    expect(Object.keys(bySelf!.payload).sort()).toEqual(Object.keys(byAdmin!.payload).sort());
    expect(bySelf!.payload).toMatchObject({ id: own.id, active_sessions: 0 });
  });

  it('is rolled back together with its audit entry', async () => {
    const { id } = await aDriver(app);
    const change = {
      action: 'driver.update',
      record: { recordType: 'driver', viewVersion: 1 },
      id,
      after: { phone: '1' },
    } as const;
    const written = await eventsOf('driver', id);
    const failed = app.get(Transactions).run(async (tx) => {
      await app.get(Changes).record(tx, SYSTEM_ACTOR, [change]);
      throw new Error('the change failed');
    });
    await expect(failed).rejects.toThrow('the change failed');
    expect(await eventsOf('driver', id)).toEqual(written);
    expect(
      await app.db.query(
        `SELECT 1 FROM audit_log WHERE record_type = 'driver' AND record_id = $1 AND after @> $2`,
        [String(id), JSON.stringify({ phone: '1' })],
      ),
    ).toEqual([]);
  });
});
