import { createHash } from 'node:crypto';
import {
  auditEventsOf,
  aUser,
  bearer,
  logIn,
  refresh,
  signIn,
  statusWith,
  tokensOf,
} from '../support/users.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { Replicas } from '../support/replicas.js';
import { onOneDatabase } from '../support/replicas.js';
import type { TestApp } from '../support/test-app.js';

/** Two processes on one database: a session that one of them ends has ended for the other. */
let replicas: Replicas;
let app: TestApp;
let other: TestApp;

beforeAll(async () => {
  replicas = await onOneDatabase();
  app = await replicas.start();
  other = await replicas.start();
});

afterAll(() => replicas.close());

const logOut = (refresh_token: string) =>
  app.anonymous.post<{ sessions_ended: number }>('/auth/logout', { refresh_token });

describe('a refresh token', () => {
  it('is exchanged for the next one and a new access token, on any replica', async () => {
    const { email } = await aUser(app);
    const first = await signIn(app, email);
    const answer = await refresh(other, first.refresh);
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.stringMatching(/^[\w-]{86}$/),
    });
    const second = tokensOf(answer);
    expect(second.refresh).not.toBe(first.refresh);
    expect(await statusWith(app, second.access)).toBe(200);
    const third = tokensOf(await refresh(app, second.refresh));
    expect(new Set([first.refresh, second.refresh, third.refresh]).size).toBe(3);
    expect(await statusWith(app, first.access)).toBe(200);
  });

  it.each([1, 2])(
    'ends its session immediately on all replicas when it is reused after %p renewals',
    async (age) => {
      const { id, email } = await aUser(app);
      const bystander = await signIn(app, email);
      const stolen = await signIn(app, email);
      let latest = stolen;
      for (let renewal = 0; renewal < age; renewal += 1) {
        latest = tokensOf(await refresh(app, latest.refresh));
      }
      expectProblem(await refresh(other, stolen.refresh), 401, 'SESSION_ENDED');
      expect(await statusWith(app, latest.access)).toBe(401);
      expect(await statusWith(other, stolen.access)).toBe(401);
      expectProblem(await refresh(app, latest.refresh), 401, 'SESSION_ENDED');
      expect(await statusWith(app, bystander.access)).toBe(200);
      const reuses = (await auditEventsOf(app, id)).filter(({ action }) => action === 'session.reuse');
      expect(reuses).toEqual([
        {
          action: 'session.reuse',
          actor_id: id,
          after: { session_id: expect.any(Number), ended: true },
          address: '127.0.0.1',
        },
      ]);
    },
  );

  it('is exchanged once when it is sent several times at once, and then counts as reused', async () => {
    const { id, email } = await aUser(app);
    const { access, refresh: token } = await signIn(app, email);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => refresh(index % 2 ? app : other, token)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(401)]);
    expect(await statusWith(app, access)).toBe(401);
    const actions = (await auditEventsOf(app, id)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'session.reuse')).toHaveLength(1);
  });

  it('is rejected if it is missing, unknown or truncated, without ending the session', async () => {
    const { email } = await aUser(app);
    const { access, refresh: good } = await signIn(app, email);
    const unknown = Buffer.alloc(64, 7).toString('base64url');
    const otherKey = unknown.slice(0, 43) + good.slice(43);
    for (const token of ['x', unknown, otherKey, `${good}A`, good.slice(1)]) {
      expectProblem(await refresh(app, token), 401, 'SESSION_ENDED');
    }
    expect(await statusWith(app, access)).toBe(200);
    for (const body of [
      {},
      { refresh_token: '' },
      { refresh_token: 7 },
      { refresh_token: 'x'.repeat(201) },
    ]) {
      expectFieldErrors(await app.anonymous.post('/auth/refresh', body), 'refresh_token');
    }
    expect((await refresh(app, good)).status).toBe(200);
  });

  it('is not stored in the database except as the hashes of its two random halves', async () => {
    const { email } = await aUser(app);
    const { refresh: token } = await signIn(app, email);
    const bytes = Buffer.from(token, 'base64url');
    expect(bytes).toHaveLength(64);
    const sha256 = (part: Buffer) => createHash('sha256').update(part).digest();
    const rows = await app.db.query<unknown[]>(
      'SELECT 1 FROM sessions WHERE key_hash = $1 AND secret_hash = $2',
      [sha256(bytes.subarray(0, 32)), sha256(bytes.subarray(32))],
    );
    expect(rows).toHaveLength(1);
    for (const table of ['sessions', 'audit_log', 'users', 'idempotency_keys']) {
      const [{ all }] = await app.db.query<[{ all: string }]>(
        `SELECT coalesce(json_agg(kept)::text, '') AS all FROM ${table} AS kept`,
      );
      for (const half of [token, bytes.subarray(0, 32).toString('hex'), bytes.subarray(32).toString('hex')]) {
        expect(all).not.toContain(half);
      }
    }
  });
});

describe('a session', () => {
  const age = (seconds: number, email: string) =>
    app.db.query(
      `UPDATE sessions SET ends_at = ends_at - make_interval(secs => $1),
         lives_until = lives_until - make_interval(secs => $1)
       WHERE user_id = (SELECT id FROM users WHERE email = $2)`,
      [seconds, email],
    );

  it('ends after eight hours without renewal', async () => {
    const { email } = await aUser(app);
    const idle = await signIn(app, email);
    await age(28_700, email);
    expect(await statusWith(app, idle.access)).toBe(200);
    await age(100, email);
    expect(await statusWith(app, idle.access)).toBe(401);
    expectProblem(await refresh(app, idle.refresh), 401, 'SESSION_ENDED');
  });

  it('ends a week after the sign-in, however often it is renewed', async () => {
    const { email } = await aUser(app);
    let busy = await signIn(app, email);
    for (let hours = 0; hours < 167; hours += 7) {
      await age(7 * 3_600, email);
      if (hours < 161) busy = tokensOf(await refresh(app, busy.refresh));
    }
    expectProblem(await refresh(app, busy.refresh), 401, 'SESSION_ENDED');
    expect(await statusWith(app, busy.access)).toBe(401);
  });

  it('ends at sign-out on every replica, and another sign-out does no harm', async () => {
    const { id, email } = await aUser(app);
    const gone = await signIn(app, email);
    const kept = await signIn(app, email);
    expect(await logOut(gone.refresh)).toMatchObject({ status: 200, body: { sessions_ended: 1 } });
    expect(await statusWith(other, gone.access)).toBe(401);
    expectProblem(await refresh(other, gone.refresh), 401, 'SESSION_ENDED');
    expect(await logOut(gone.refresh)).toMatchObject({ status: 200, body: { sessions_ended: 0 } });
    expect(await statusWith(app, kept.access)).toBe(200);
    expect((await auditEventsOf(app, id)).slice(1).map(({ action }) => action)).toEqual([
      'session.start',
      'session.start',
      'session.end',
    ]);
  });

  it('ends at sign-out with an older token', async () => {
    const { email } = await aUser(app);
    const old = await signIn(app, email);
    const latest = tokensOf(await refresh(app, old.refresh));
    expect((await logOut(old.refresh)).body).toEqual({ sessions_ended: 1 });
    expect(await statusWith(app, latest.access)).toBe(401);
  });

  it('ends with all other sessions of the user at sign-out everywhere', async () => {
    const { id, email } = await aUser(app);
    const all = [await signIn(app, email), await signIn(other, email), await signIn(app, email)];
    const stranger = await signIn(app, (await aUser(app)).email);
    const answer = await app.anonymous.post('/auth/logout-everywhere', {}, bearer(all[0]!.access));
    expect(answer).toMatchObject({ status: 200, body: { sessions_ended: 3 } });
    for (const { access } of all) expect(await statusWith(other, access)).toBe(401);
    expect(await statusWith(app, stranger.access)).toBe(200);
    expect((await auditEventsOf(app, id)).at(-1)).toMatchObject({
      action: 'user.sign-out',
      actor_id: id,
      after: { active_sessions: 0 },
    });
  });

  it('is deleted some time after its end, a few at each sign-in', async () => {
    const { id, email } = await aUser(app);
    await app.db.query(
      `INSERT INTO sessions (user_id, key_hash, secret_hash, ends_at, lives_until)
       SELECT $1, sha256(n::text::bytea), sha256(n::text::bytea), now(), now() - interval '1 day'
       FROM generate_series(1, 25) AS n`,
      [id],
    );
    const left = async () =>
      (
        await app.db.query<unknown[]>('SELECT 1 FROM sessions WHERE user_id = $1 AND lives_until < now()', [
          id,
        ])
      ).length;
    await logIn(app, email);
    expect(await left()).toBe(15);
    await logIn(app, email);
    await logIn(app, email);
    expect(await left()).toBe(0);
    expect(await app.db.query('SELECT 1 FROM sessions WHERE user_id = $1', [id])).toHaveLength(3);
  });
});
