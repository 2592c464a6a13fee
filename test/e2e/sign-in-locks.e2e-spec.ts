import { auditEventsOf, aUser, bearer, logIn, signIn, statusWith } from '../support/users.js';
import { expectProblem } from '../support/problem.js';
import type { Replicas } from '../support/replicas.js';
import { onOneDatabase } from '../support/replicas.js';
import type { TestApp } from '../support/test-app.js';
import { TEST_PASSWORD } from '../support/test-app.js';

const WRONG = 'a wrong password';

let replicas: Replicas;
let app: TestApp;
let other: TestApp;

beforeAll(async () => {
  replicas = await onOneDatabase();
  app = await replicas.start();
  other = await replicas.start();
});

afterAll(() => replicas.close());

/** Simulates that this many seconds have passed since the last failed sign-in. */
const pass = (seconds: number) =>
  app.db.query(
    `UPDATE sign_in_locks SET failed_at = failed_at - make_interval(secs => $1),
       locked_until = locked_until - make_interval(secs => $1)`,
    [seconds],
  );

async function failTimes(count: number, email: string): Promise<void> {
  for (let time = 0; time < count; time += 1) {
    expectProblem(await logIn(time % 2 ? other : app, email, WRONG), 401, 'INVALID_CREDENTIALS');
  }
}

async function expectLocked(email: string, seconds: number, from = app): Promise<void> {
  const answer = await logIn(from, email);
  const { detail } = expectProblem(answer, 429, 'SIGN_IN_LOCKED');
  expect(detail).toMatch(/^Too many wrong passwords for this e-mail: wait \d+ (seconds|minutes), or ask/);
  const wait = Number(answer.headers['retry-after']);
  expect(wait).toBeGreaterThan(seconds - 30);
  expect(wait).toBeLessThanOrEqual(seconds);
}

const rows = (): Promise<{ failures: number }[]> => app.db.query('SELECT failures FROM sign_in_locks');

beforeEach(() => app.db.query('DELETE FROM sign_in_locks'));

describe('an account with five wrong passwords in a row', () => {
  it('rejects even the right password on every replica for a minute', async () => {
    const { email } = await aUser(app);
    await failTimes(5, email);
    await expectLocked(email, 60, app);
    await expectLocked(email, 60, other);
    await pass(60);
    expect((await logIn(app, email)).status).toBe(200);
  });

  it('is locked twice as long after each further one, up to 15 minutes, until the right password resets the count', async () => {
    const { email } = await aUser(app);
    await failTimes(5, email);
    for (const [locked, next] of [
      [60, 120],
      [120, 240],
      [240, 480],
      [480, 900],
      [900, 900],
    ] as const) {
      await pass(locked);
      await failTimes(1, email);
      await expectLocked(email, next);
    }
    await pass(900);
    expect((await logIn(app, email)).status).toBe(200);
    expect(await rows()).toEqual([]);
    await failTimes(4, email);
    expect((await logIn(app, email)).status).toBe(200);
  });

  it('is no longer affected by them after an hour without another', async () => {
    const { email } = await aUser(app);
    await failTimes(4, email);
    await pass(3_600);
    await failTimes(4, email);
    expect((await logIn(app, email)).status).toBe(200);
  });

  it('is not locked longer by attempts during the lock', async () => {
    const { email } = await aUser(app);
    await failTimes(5, email);
    for (let time = 0; time < 5; time += 1) expect((await logIn(app, email, WRONG)).status).toBe(429);
    expect(await rows()).toEqual([{ failures: 5 }]);
    await expectLocked(email, 60);
  });

  it('gives the same responses as an unknown, inactive or invalid e-mail, so that no one can find out who has an account', async () => {
    const { email } = await aUser(app);
    const inactive = await aUser(app);
    await app.db.query('UPDATE users SET is_active = false WHERE id = $1', [inactive.id]);
    const responsesFor = async (address: string) => {
      const answers: unknown[] = [];
      for (let time = 0; time < 7; time += 1) {
        const { status, body } = await logIn(app, address, WRONG);
        answers.push({ status, ...body, request_id: '' });
      }
      return answers;
    };
    const known = await responsesFor(email);
    expect(await responsesFor('unknown@example.com')).toEqual(known);
    expect(await responsesFor(inactive.email)).toEqual(known);
    expect(await responsesFor('no e-mail at all')).toEqual(known);
  });

  it('is the same account for other letter cases and spaces', async () => {
    const { email } = await aUser(app);
    await failTimes(3, email);
    await failTimes(2, ` ${email.toUpperCase()} `);
    await expectLocked(email, 60);
  });

  it('leaves existing sessions valid', async () => {
    const { email } = await aUser(app);
    const { access } = await signIn(app, email);
    await failTimes(5, email);
    expect(await statusWith(app, access)).toBe(200);
  });

  it('is marked as locked in the audit log, and an administrator can unlock it', async () => {
    const { id, email } = await aUser(app);
    await failTimes(5, email);
    expect((await auditEventsOf(app, id)).at(-1)).toEqual({
      action: 'user.lock',
      actor_id: null,
      after: { wrong_passwords: 5, locked_for_seconds: 60 },
      address: '127.0.0.1',
    });
    const admin = app.as('ADMIN');
    const { body: locked } = await admin.get(`/users/${id}`);
    expect(locked['locked_until']).toMatch(/^\d{4}-.*Z$/);
    const answer = await admin.post(`/users/${id}/unlock`, { reason: 'Called me' });
    expect(answer).toMatchObject({ status: 200, body: { id, locked_until: null } });
    expect((await logIn(other, email)).status).toBe(200);
    const events = await auditEventsOf(app, id);
    expect(events.find(({ action }) => action === 'user.unlock')).toMatchObject({
      after: { locked_until: null, reason: 'Called me' },
    });
  });

  it('also rejects a password change with a guessed current password', async () => {
    const { email } = await aUser(app);
    const { access } = await signIn(app, email);
    const guess = { current_password: WRONG, new_password: 'purple taxis sing at dawn' };
    for (let time = 0; time < 5; time += 1) {
      const answer = await app.anonymous.post('/auth/password', guess, bearer(access));
      expectProblem(answer, 401, 'INVALID_CREDENTIALS');
    }
    const answer = await other.anonymous.post('/auth/password', guess, bearer(access));
    expectProblem(answer, 429, 'SIGN_IN_LOCKED');
    await expectLocked(email, 60);
  });
});

describe('a stranger who guesses passwords', () => {
  const from = async (remoteAddress: string, email: string, password: string): Promise<number> => {
    const payload = { email, password };
    const answer = await app.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      remoteAddress,
      payload,
    });
    return answer.statusCode;
  };

  it('does not lock the user out at an address that the user signed in from before', async () => {
    const { id, email } = await aUser(app);
    expect(await from('192.0.2.1', email, TEST_PASSWORD)).toBe(200);
    for (let time = 0; time < 5; time += 1) expect(await from('203.0.113.9', email, WRONG)).toBe(401);
    expect(await from('203.0.113.9', email, TEST_PASSWORD)).toBe(429);
    expect(await from('198.51.100.7', email, TEST_PASSWORD)).toBe(429);
    expect(await from('192.0.2.1', email, TEST_PASSWORD)).toBe(200);
    expect((await auditEventsOf(app, id)).find(({ action }) => action === 'user.lock')).toMatchObject({
      actor_id: null,
      address: '203.0.113.9',
    });
  });

  it('is locked out even at an address that the user signed in from before', async () => {
    const { id, email } = await aUser(app);
    expect(await from('2001:db8:1:1::1', email, TEST_PASSWORD)).toBe(200);
    for (let time = 0; time < 5; time += 1) expect(await from('2001:db8:1:1::2', email, WRONG)).toBe(401);
    expect(await from('2001:db8:1:1::1', email, TEST_PASSWORD)).toBe(429);
    expect(await from('192.0.2.77', email, TEST_PASSWORD)).toBe(200);
    // the sign-in from elsewhere ends no lock of another network
    expect(await from('2001:db8:1:1::1', email, TEST_PASSWORD)).toBe(429);
    await app.as('ADMIN').post(`/users/${id}/unlock`, {});
    expect(await from('2001:db8:1:1::1', email, TEST_PASSWORD)).toBe(200);
  });
});

describe('simultaneous sign-ins', () => {
  it('are checked five times with wrong passwords, then rejected without a check', async () => {
    const { email } = await aUser(app);
    const answers = await Promise.all(Array.from({ length: 20 }, () => logIn(app, email, WRONG)));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([...Array<number>(5).fill(401), ...Array<number>(15).fill(429)]);
    expect(await rows()).toEqual([{ failures: 5 }]);
  });

  it('are counted over two replicas, with at most one more check', async () => {
    const { email } = await aUser(app);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => logIn(index % 2 ? app : other, email, WRONG)),
    );
    const seen = answers.filter(({ status }) => status === 401).length;
    expect(seen).toBeGreaterThanOrEqual(5);
    expect(seen).toBeLessThanOrEqual(6);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20 - seen);
    expect(await rows()).toEqual([{ failures: seen }]);
  });

  it('all succeed with the right password', async () => {
    const { id, email } = await aUser(app);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => logIn(index % 2 ? app : other, email)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect((await app.as('ADMIN').get(`/users/${id}`)).body).toMatchObject({ active_sessions: 12 });
  });
});

describe('the record of wrong passwords', () => {
  it('contains no e-mail, and ten expired entries are deleted with each new one', async () => {
    await app.db.query(
      `INSERT INTO sign_in_locks (account_hash, network, failures, failed_at)
       SELECT sha256(n::text::bytea), '', 1, now() - interval '2 hours' FROM generate_series(1, 25) AS n`,
    );
    await failTimes(1, 'my pass word, typed into the wrong field');
    expect(await rows()).toHaveLength(16);
    await failTimes(1, 'someone@example.com');
    await failTimes(1, 'someone.else@example.com');
    expect(await rows()).toHaveLength(3);
    const [{ all }] = await app.db.query<[{ all: string }]>(
      'SELECT json_agg(kept)::text AS all FROM sign_in_locks AS kept',
    );
    expect(all).not.toMatch(/someone|pass word/);
  });
});
