import { aUser, statusWith } from '../support/users.js';
import type { ApiAnswer } from '../support/api-client.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { startTestApp, TEST_PASSWORD } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

const NAME = 'driver_loans_refresh';

const signIn = async (from = app): Promise<ApiAnswer<Tokens>> => {
  const { email } = await aUser(from);
  const credentials = { email, password: TEST_PASSWORD };
  return from.anonymous.post<Tokens>('/auth/login', { ...credentials, session: 'cookie' });
};

/** The cookie as a browser sends it back. */
const cookieOf = ({ headers }: ApiAnswer<unknown>): { cookie: string } => ({
  cookie: String(headers['set-cookie']).split(';', 1)[0]!,
});

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  app.anonymous.post<Tokens>(path, body, headers);

describe('the refresh token of a browser', () => {
  it('is sent in a cookie that no script and no other site can use, and not in the body', async () => {
    const answer = await signIn();
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['access_token', 'token_type', 'expires_in']);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(new RegExp(`^${NAME}=[\\w-]{86}; `));
    expect(cookie.split('; ').slice(1).toSorted()).toEqual([
      'HttpOnly',
      'Max-Age=28800',
      'Path=/api/v1/auth',
      'SameSite=Strict',
    ]);
  });

  it('is sent over HTTPS only in production', async () => {
    const production = await startTestApp({ env: { NODE_ENV: 'production' } });
    try {
      expect(String((await signIn(production)).headers['set-cookie'])).toContain('; Secure');
    } finally {
      await production.close();
    }
  });

  it('is exchanged for the next one if the body requests it', async () => {
    const first = await signIn();
    const second = await post('/auth/refresh', { session: 'cookie' }, cookieOf(first));
    expect(second.status).toBe(200);
    expect(second.body).not.toHaveProperty('refresh_token');
    expect(cookieOf(second)).not.toEqual(cookieOf(first));
    expect(await statusWith(app, second.body.access_token)).toBe(200);
    const reused = await post('/auth/refresh', { session: 'cookie' }, cookieOf(first));
    expectProblem(reused, 401, 'SESSION_ENDED');
    expect(String(reused.headers['set-cookie'])).toMatch(new RegExp(`^${NAME}=; .*Max-Age=0`));
    expect(await statusWith(app, second.body.access_token)).toBe(401);
  });

  it('is accepted in no other way: not without a request, beside a token or with a body that is not JSON', async () => {
    const signedIn = await signIn();
    const cookie = cookieOf(signedIn);
    for (const path of ['/auth/refresh', '/auth/logout']) {
      expectFieldErrors(await post(path, {}, cookie), 'refresh_token');
      const both = { session: 'cookie', refresh_token: 'x'.repeat(86) };
      expectFieldErrors(await post(path, both, cookie), 'refresh_token');
      expectFieldErrors(await post(path, { session: 'elsewhere' }, cookie), 'refresh_token', 'session');
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        const { statusCode } = await app.app.inject({
          method: 'POST',
          url: `/api/v1${path}`,
          headers: { ...cookie, 'content-type': type },
          payload: '{"session":"cookie"}',
        });
        expect(statusCode).toBe(415);
      }
      const bare = await app.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: cookie });
      expect(bare.statusCode).toBe(400);
    }
    const asBearer = await app.anonymous.get('/auth/me', cookie);
    expectProblem(asBearer, 401, 'UNAUTHENTICATED');
    expect(await statusWith(app, signedIn.body.access_token)).toBe(200);
  });

  it('is deleted at sign-out, even if the session has already ended', async () => {
    const signedIn = await signIn();
    const out = await post('/auth/logout', { session: 'cookie' }, cookieOf(signedIn));
    expect(out).toMatchObject({ status: 200, body: { sessions_ended: 1 } });
    expect(String(out.headers['set-cookie'])).toMatch(new RegExp(`^${NAME}=; .*Max-Age=0`));
    expect(await statusWith(app, signedIn.body.access_token)).toBe(401);
    const again = await post('/auth/logout', { session: 'cookie' });
    expect(again).toMatchObject({ status: 200, body: { sessions_ended: 0 } });
    expect(String(again.headers['set-cookie'])).toContain('Max-Age=0');
    expectProblem(await post('/auth/refresh', { session: 'cookie' }), 401, 'SESSION_ENDED');
  });

  it('is deleted at sign-out everywhere', async () => {
    const signedIn = await signIn();
    const headers = { authorization: `Bearer ${signedIn.body.access_token}` };
    const out = await post('/auth/logout-everywhere', { session: 'cookie' }, headers);
    expect(out.status).toBe(200);
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
  });
});
