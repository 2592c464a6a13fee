import { UserSessionService } from '../../src/modules/users/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { auditEventsOf, aUser, bearer, logIn, refresh, signIn, statusWith } from '../support/users.js';
import type { ApiClient } from '../support/api-client.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { startTestApp, TEST_PASSWORD } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const PASSPHRASE = 'purple taxis sing at dawn';

let app: TestApp;
let admin: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  admin = app.as('ADMIN');
  await admin.get('/auth/me');
});

afterAll(() => app.close());

describe('a user added by an administrator', () => {
  const newcomer = { email: 'New.Comer@Example.com', name: 'New Comer', roles: ['FINANCE'] };

  it('must choose a new password before anything else', async () => {
    const made = await admin.post<{ id: number }>('/users', { ...newcomer, password: TEST_PASSWORD });
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: expect.any(Number),
        email: 'new.comer@example.com',
        name: 'New Comer',
        roles: ['FINANCE'],
        active: true,
        must_change_password: true,
        locked_until: null,
        active_sessions: 0,
      },
    });
    const { access } = await signIn(app, newcomer.email);
    const me = () => app.anonymous.get('/auth/me', bearer(access));
    expect((await me()).body).toMatchObject({ must_change_password: true, roles: ['FINANCE'] });
    expectProblem(await app.anonymous.get('/loans', bearer(access)), 403, 'PASSWORD_CHANGE_REQUIRED');

    const change = { current_password: TEST_PASSWORD, new_password: PASSPHRASE };
    expect(await app.anonymous.post('/auth/password', change, bearer(access))).toMatchObject({
      status: 200,
      body: { sessions_ended: 0 },
    });
    expect((await me()).body).toMatchObject({ must_change_password: false });
    expect((await app.anonymous.get('/loans', bearer(access))).status).toBe(200);
  });

  it('needs a unique e-mail in any letter case, and valid fields', async () => {
    await admin.post('/users', { ...newcomer, password: TEST_PASSWORD });
    const again = { ...newcomer, email: 'NEW.COMER@example.com', password: TEST_PASSWORD };
    expectProblem(await admin.post('/users', again), 409, 'EMAIL_TAKEN');
    const wrong = { email: 'not-an-email', name: 'x\ny', roles: ['OWNER'], password: 7 };
    expectFieldErrors(await admin.post('/users', wrong), 'name', 'roles', 'password');
    expectFieldErrors(await admin.post('/users', { ...newcomer, roles: [] }), 'roles');
    expectFieldErrors(await admin.post('/users', { ...newcomer, email: 'free@example.com' }), 'password');
    const guessed = { ...newcomer, email: 'free@example.com', password: 'Password1234' };
    expectFieldErrors(await admin.post('/users', guessed), 'password');
  });
});

describe('GET /users', () => {
  it('searches by name and e-mail, filters by role and status, sorts and splits the list into pages', async () => {
    const zoe = { email: 'zoe@lists.example', name: 'Zoë Abel', roles: ['MANAGER'], password: PASSPHRASE };
    const abe = { email: 'abe@lists.example', name: 'abe Zander', roles: ['FINANCE'], password: PASSPHRASE };
    await admin.post('/users', zoe);
    const { body: gone } = await admin.post<{ id: number }>('/users', abe);
    await admin.patch(`/users/${gone.id}`, { active: false });
    const emails = async (query: string) =>
      (await admin.get<{ items: { email: string }[] }>(`/users?${query}`)).body.items.map(
        ({ email }) => email,
      );
    expect(await emails('q=LISTS.example')).toEqual([abe.email, zoe.email]);
    expect(await emails('q=ZO%C3%8B')).toEqual([zoe.email]);
    expect(await emails('q=lists&role=MANAGER')).toEqual([zoe.email]);
    expect(await emails('q=lists&active=false')).toEqual([abe.email]);
    expect(await emails('q=lists&sort_by=email&sort_order=desc')).toEqual([zoe.email, abe.email]);
    expect(await emails('q=lists&page=2&page_size=1')).toEqual([zoe.email]);
    expect(await emails('q=%25')).toEqual([]);
  });

  it('shows no password hash', async () => {
    const { body } = await admin.get('/users');
    expect(JSON.stringify(body)).not.toMatch(/argon|hash/);
  });
});

describe('PATCH /users/:user_id', () => {
  it('takes effect at the next request: new roles under the same token, no access after deactivation', async () => {
    const { id, email } = await aUser(app, 'FINANCE');
    const { access, refresh: token } = await signIn(app, email);
    expect((await app.anonymous.post('/loans', {}, bearer(access))).status).toBe(400);
    expect(await admin.patch(`/users/${id}`, { roles: ['MANAGER', 'MANAGER'] })).toMatchObject({
      status: 200,
      body: { roles: ['MANAGER'] },
    });
    expect((await app.anonymous.post('/loans', {}, bearer(access))).status).toBe(403);
    expect((await admin.patch(`/users/${id}`, { active: false })).body).toMatchObject({
      active: false,
      active_sessions: 0,
    });
    expect(await statusWith(app, access)).toBe(401);
    await admin.patch(`/users/${id}`, { active: true });
    expect(await statusWith(app, access)).toBe(401);
    expectProblem(await refresh(app, token), 401, 'SESSION_ENDED');
    expect((await auditEventsOf(app, id)).at(-1)).toMatchObject({
      action: 'user.update',
      after: { active: true },
    });
  });

  it('rejects an empty change and an unknown user', async () => {
    const { id } = await aUser(app);
    expectProblem(await admin.patch(`/users/${id}`, {}), 400, 'VALIDATION_FAILED');
    for (const answer of [
      await admin.get('/users/999999'),
      await admin.patch('/users/999999', { name: 'No One' }),
      await admin.post('/users/999999/password', { password: PASSPHRASE }),
      await admin.post('/users/999999/unlock', {}),
      await admin.post('/users/999999/logout', {}),
    ]) {
      expectProblem(answer, 404, 'USER_NOT_FOUND');
    }
  });

  it('does not allow users to remove their own access or role, but allows their own name', async () => {
    const { body: me } = await admin.get<{ id: number }>('/auth/me');
    expectProblem(await admin.patch(`/users/${me.id}`, { active: false }), 409, 'CANNOT_CHANGE_OWN_ACCESS');
    expectProblem(
      await admin.patch(`/users/${me.id}`, { roles: ['FINANCE'] }),
      409,
      'CANNOT_CHANGE_OWN_ACCESS',
    );
    expect((await admin.patch(`/users/${me.id}`, { name: 'Ada' })).status).toBe(200);
  });

  it('leaves one of two administrators who deactivate each other at the same moment', async () => {
    const fleet = await startTestApp();
    try {
      const admins = [await aUser(fleet, 'ADMIN'), await aUser(fleet, 'ADMIN')];
      const tokens = await Promise.all(admins.map(async ({ email }) => (await signIn(fleet, email)).access));
      const answers = await Promise.all(
        admins.map((_, index) =>
          fleet.anonymous.patch(
            `/users/${admins[1 - index]!.id}`,
            index ? { active: false } : { roles: ['MANAGER'] },
            bearer(tokens[index]!),
          ),
        ),
      );
      const [{ count }] = await fleet.db.query<[{ count: number }]>(
        `SELECT count(*)::integer FROM users WHERE is_active AND 'ADMIN' = ANY (roles)`,
      );
      expect(count).toBe(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    } finally {
      await fleet.close();
    }
  });
});

describe('a new password', () => {
  it('requires the current password for the own account of an administrator, on every route', async () => {
    const { body: me } = await admin.get<{ id: number }>('/auth/me');
    const answer = await admin.post(`/users/${me.id}/password`, { password: PASSPHRASE });
    expectProblem(answer, 409, 'CANNOT_RESET_OWN_PASSWORD');
  });

  it('ends every session and lock and must be changed when an administrator sets it', async () => {
    const { id, email } = await aUser(app);
    const { access } = await signIn(app, email);
    for (let time = 0; time < 5; time += 1) await logIn(app, email, 'a wrong password');
    const answer = await admin.post(`/users/${id}/password`, { password: PASSPHRASE });
    expect(answer).toMatchObject({
      status: 200,
      body: { must_change_password: true, locked_until: null, active_sessions: 0 },
    });
    expect(await statusWith(app, access)).toBe(401);
    expect((await logIn(app, email)).status).toBe(401);
    expect((await logIn(app, email, PASSPHRASE)).status).toBe(200);
    expectFieldErrors(await admin.post(`/users/${id}/password`, { password: 'qwertyuiopasdf' }), 'password');
  });

  it('for the own account requires the current one, ends all other sessions and keeps this one', async () => {
    const { id, email } = await aUser(app);
    const mine = await signIn(app, email);
    const others = [await signIn(app, email), await signIn(app, email)];
    const change = (current_password: string, new_password: string) =>
      app.anonymous.post('/auth/password', { current_password, new_password }, bearer(mine.access));
    expectProblem(await change('a wrong password', PASSPHRASE), 401, 'INVALID_CREDENTIALS');
    expectFieldErrors(await change(TEST_PASSWORD, TEST_PASSWORD), 'new_password');
    expectFieldErrors(await change(TEST_PASSWORD, 'too short'), 'new_password');
    expectFieldErrors(await change(TEST_PASSWORD, `I am ${email}`), 'new_password');
    expect((await change(TEST_PASSWORD, PASSPHRASE)).body).toEqual({ sessions_ended: 2 });
    for (const { access } of others) expect(await statusWith(app, access)).toBe(401);
    expect(await statusWith(app, mine.access)).toBe(200);
    expect((await refresh(app, mine.refresh)).status).toBe(200);
    expect((await logIn(app, email)).status).toBe(401);
    expect((await logIn(app, email, PASSPHRASE)).status).toBe(200);
    const audited = (await auditEventsOf(app, id)).find(({ action }) => action === 'user.password');
    expect(audited).toMatchObject({
      actor_id: id,
      after: { must_change_password: false, sessions_ended: 2 },
    });
  });

  it('ends sign-ins that began with the old one, and so does the deactivation of the user', async () => {
    const { id } = await aUser(app);
    const [checked] = await app.db.query<[{ passwordHash: string }]>(
      'SELECT password_hash AS "passwordHash" FROM users WHERE id = $1',
      [id],
    );
    const start = () =>
      app.get(Transactions).run((tx) => app.get(UserSessionService).start(tx, { id, ...checked }));
    expect(await start()).toMatchObject({ userId: id });
    await admin.patch(`/users/${id}`, { active: false });
    expect(await start()).toBeNull();
    await admin.patch(`/users/${id}`, { active: true });
    await admin.post(`/users/${id}/password`, { password: PASSPHRASE });
    expect(await start()).toBeNull();
  });

  it('is not stored in plain text: not in a response, the audit log or stored responses', async () => {
    const { id, email } = await aUser(app);
    const secret = 'entirely unguessable words';
    const answers = [
      await admin.post(`/users/${id}/password`, { password: secret }, { 'idempotency-key': 'password-once' }),
      await logIn(app, email, secret),
      await admin.get(`/users/${id}`),
    ];
    expect(JSON.stringify(answers.map(({ body }) => body))).not.toMatch(/unguessable|argon2/);
    for (const table of ['audit_log', 'idempotency_keys', 'sign_in_locks', 'sessions', 'users']) {
      const [{ all }] = await app.db.query<[{ all: string }]>(
        `SELECT coalesce(json_agg(kept)::text, '') AS all FROM ${table} AS kept`,
      );
      expect(all).not.toContain('unguessable');
    }
    expect(await app.db.query(`SELECT 1 FROM idempotency_keys WHERE key = 'password-once'`)).toEqual([]);
  });
});

it('POST /users/:user_id/logout signs a user out everywhere', async () => {
  const { id, email } = await aUser(app);
  const { access } = await signIn(app, email);
  const answer = await admin.post(`/users/${id}/logout`, { reason: 'Lost her phone' });
  expect(answer).toMatchObject({ status: 200, body: { active_sessions: 0 } });
  expect(await statusWith(app, access)).toBe(401);
  expect((await auditEventsOf(app, id)).at(-1)).toMatchObject({
    action: 'user.sign-out',
    after: { active_sessions: 0, reason: 'Lost her phone' },
  });
});
