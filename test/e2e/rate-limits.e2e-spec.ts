import { once } from 'node:events';
import http from 'node:http';
import { Logger } from '@nestjs/common';
import { RateLimiter } from '../../src/platform/http/rate-limiter.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { expectRefusal } from '../support/refusal.js';
import type { TestApp, TestAppOptions } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;

afterEach(() => app.close());

async function start(env: TestAppOptions['env']): Promise<void> {
  app = await startTestApp({ env });
}

const expectTooMany = (answer: ApiAnswer<unknown>): void => {
  const { detail } = expectRefusal(answer, 429, 'RATE_LIMITED');
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(detail).toBe(
    `That was too much at once; try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`,
  );
};

/** What an address that is not signed in asks, from another address than all the others. */
async function fromAddress(address: string, url: string, token?: string): Promise<ApiAnswer<unknown>> {
  const answer = await app.app.inject({
    url,
    remoteAddress: address,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: answer.statusCode, body: answer.json<unknown>(), headers: answer.headers };
}

describe('a user', () => {
  it('is told at each request what is left, and refused beyond it until the window has moved on', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '3', RATE_LIMIT_PER_HOUR: '100' });
    const clerk = app.as('FINANCE');
    for (const left of [2, 1, 0]) {
      const { status, headers } = await clerk.get('/loans');
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'ratelimit-limit': '3',
        'ratelimit-remaining': String(left),
        'ratelimit-policy': '3;w=60, 100;w=3600',
      });
      expect(Number(headers['ratelimit-reset'])).toBeGreaterThanOrEqual(1);
      expect(Number(headers['ratelimit-reset'])).toBeLessThanOrEqual(60);
    }
    const refused = await clerk.post('/loans', {});
    expectTooMany(refused);
    expect(refused.headers['ratelimit-remaining']).toBe('0');

    const real = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(real + 61_000);
    try {
      expect((await clerk.get('/loans')).status).toBe(200);
    } finally {
      clock.mockRestore();
    }
  });

  it('has a limit by the hour as well, which is announced once it is the nearer one', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '3', RATE_LIMIT_PER_HOUR: '2' });
    const clerk = app.as('FINANCE');
    expect((await clerk.get('/loans')).headers['ratelimit-limit']).toBe('2');
    expect((await clerk.get('/loans')).status).toBe(200);
    const refused = await clerk.get('/loans');
    expectTooMany(refused);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000);
  });

  it('is counted alone: not with others at the same address, and not anew at another', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '2' });
    const [clerk, manager] = [app.as('FINANCE'), app.as('MANAGER')];
    const token = (await clerk.accessToken()) ?? '';
    expect((await fromAddress('10.1.0.1', '/api/v1/loans', token)).status).toBe(200);
    expect((await fromAddress('10.1.0.2', '/api/v1/loans', token)).status).toBe(200);
    expectTooMany(await fromAddress('10.1.0.3', '/api/v1/loans', token));
    expect((await manager.get('/loans')).status).toBe(200);
  });

  it('works through a busy minute by the defaults', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '', RATE_LIMIT_PER_HOUR: '' });
    const clerk = app.as('FINANCE');
    // few at once: a slow machine would have no connection for all of them in time
    for (let batch = 0; batch < 30; batch += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => clerk.get('/auth/me')));
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    }
    expectTooMany(await clerk.get('/auth/me'));
  });

  it.each<[string, (client: ApiClient) => Promise<ApiAnswer<unknown>>, number]>([
    ['lacks the permission for', (client) => client.get('/audit'), 403],
    ['sends no valid fields in', (client) => client.get('/loans?no_such_field=1'), 400],
    ['names no record in', (client) => client.get('/loans/DL-2025-9999'), 404],
  ])('uses up requests that it %s', async (_, ask, status) => {
    await start({ RATE_LIMIT_PER_MINUTE: '2' });
    const clerk = app.as('FINANCE');
    for (const left of ['1', '0']) {
      const answer = await ask(clerk);
      expect([answer.status, answer.headers['ratelimit-remaining']]).toEqual([status, left]);
    }
    expectTooMany(await clerk.get('/loans'));
  });
});

describe('an address where nobody is signed in', () => {
  it('is limited where it guesses tokens, while a valid one from the same address is served', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '3' });
    const token = (await app.as('FINANCE').accessToken()) ?? '';
    for (const guess of ['a.b.c', undefined, token.slice(0, -3)]) {
      expectRefusal(await fromAddress('10.1.0.1', '/api/v1/loans', guess), 401, 'UNAUTHENTICATED');
    }
    expectTooMany(await fromAddress('10.1.0.1', '/api/v1/loans', 'a.b.c'));
    expect((await fromAddress('10.1.0.1', '/api/v1/loans', token)).status).toBe(200);
    expectRefusal(await fromAddress('10.1.0.2', '/api/v1/loans'), 401, 'UNAUTHENTICATED');
  });

  it('may try to sign in less often than it may ask', async () => {
    await start({ RATE_LIMIT_LOGIN_PER_MINUTE: '2', RATE_LIMIT_ADDRESS_PER_MINUTE: '100' });
    const guess = { email: 'nobody@tests.example', password: 'not the password' };
    for (const left of ['1', '0']) {
      const answer = await app.anonymous.post('/auth/login', guess);
      expectRefusal(answer, 401, 'INVALID_CREDENTIALS');
      expect(answer.headers['ratelimit-remaining']).toBe(left);
    }
    expectTooMany(await app.anonymous.post('/auth/login', guess));
    expectRefusal(await app.anonymous.get('/loans'), 401, 'UNAUTHENTICATED');
  });

  it.each<[string, { url: string; type?: string; body?: string }, number]>([
    ['without a route', { url: '/api/v1/nothing' }, 404],
    ['outside the prefix', { url: '/nothing' }, 404],
    ['with a malformed body', { url: '/api/v1/auth/login', type: 'application/json', body: '{' }, 400],
    ['of another media type', { url: '/api/v1/auth/login', type: 'text/plain', body: 'x' }, 415],
    [
      'that are too large',
      { url: '/api/v1/auth/login', type: 'application/json', body: `"${'x'.repeat(2_000)}"` },
      413,
    ],
  ])('uses up requests %s', async (_, { url, type, body }, status) => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '2', BODY_LIMIT_BYTES: '1024' });
    const ask = async () => {
      const answer = await app.app.inject({
        method: body === undefined ? 'GET' : 'POST',
        url,
        remoteAddress: '10.1.0.1',
        headers: type === undefined ? {} : { 'content-type': type },
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: answer.statusCode, body: answer.json<unknown>(), headers: answer.headers };
    };
    expect([(await ask()).status, (await ask()).status]).toEqual([status, status]);
    expectTooMany(await ask());
    expectTooMany(await fromAddress('10.1.0.1', '/api/v1/loans'));
    expectRefusal(await fromAddress('10.1.0.2', '/api/v1/loans'), 401, 'UNAUTHENTICATED');
  });

  it('is refused before its body has come once it has none left', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1' });
    const token = (await app.as('FINANCE').accessToken()) ?? '';
    await app.app.listen(0, '127.0.0.1');
    const post = (more: http.OutgoingHttpHeaders): http.ClientRequest => {
      const headers = { 'content-type': 'application/json', 'content-length': 100, ...more };
      return http.request(`${url}/api/v1/loans/preview`, { method: 'POST', headers, agent: false });
    };
    const url = (await app.app.getUrl()).replace('[::1]', '127.0.0.1');
    for (let request = 0; request < 2; request += 1) await fetch(`${url}/api/v1/loans`);

    for (const guess of [{}, { authorization: 'Bearer a.b.c' }]) {
      const unfinished = post(guess);
      unfinished.write('{');
      const [answer] = (await once(unfinished, 'response')) as [http.IncomingMessage];
      expect(answer.statusCode).toBe(429);
      unfinished.destroy();
    }
    const signedIn = post({ authorization: `Bearer ${token}` });
    signedIn.end(`{"nothing": "${'x'.repeat(85)}"}`);
    const [answer] = (await once(signedIn, 'response')) as [http.IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(400);
  });

  it('is a network of 64 bits in IPv6, all of which one caller has', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1' });
    expectRefusal(await fromAddress('2001:db8:1:2::1', '/api/v1/loans'), 401, 'UNAUTHENTICATED');
    expectTooMany(await fromAddress('2001:db8:1:2:ffff::9', '/api/v1/loans'));
    expectRefusal(await fromAddress('2001:db8:1:3::1', '/api/v1/loans'), 401, 'UNAUTHENTICATED');
  });

  it('is never limited at the probes, the metrics and the documentation', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1' });
    for (const url of ['/health/live', '/health/ready', '/metrics', '/docs-json']) {
      for (let request = 0; request < 3; request += 1) {
        const answer = await app.app.inject({ url, remoteAddress: '10.1.0.1' });
        expect([url, answer.statusCode, answer.headers['ratelimit-limit']]).toEqual([url, 200, undefined]);
      }
    }
  });
});

describe('the address behind a proxy', () => {
  const asked = async (forwardedFor: string, remoteAddress: string): Promise<number> => {
    const answer = await app.app.inject({
      url: '/api/v1/loans',
      remoteAddress,
      headers: { 'x-forwarded-for': forwardedFor },
    });
    return answer.statusCode;
  };

  it('is not believed from anybody', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1' });
    expect(await asked('198.51.100.1', '10.0.0.5')).toBe(401);
    expect(await asked('198.51.100.2', '10.0.0.5')).toBe(429);
  });

  it('is believed from a proxy that TRUST_PROXY names, and only the last hop before it', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1', TRUST_PROXY: '10.0.0.0/24' });
    expect(await asked('198.51.100.1', '10.0.0.5')).toBe(401);
    expect(await asked('198.51.100.2', '10.0.0.5')).toBe(401);
    // a caller who writes a hop of his own before the one that the proxy adds
    expect(await asked('203.0.113.9, 198.51.100.2', '10.0.0.5')).toBe(429);
    expect(await asked('198.51.100.3', '10.9.0.1')).toBe(401);
    expect(await asked('198.51.100.4', '10.9.0.1')).toBe(429);
  });

  it('is not believed where the proxy passes on what is not an IP address', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1', TRUST_PROXY: '10.0.0.0/24' });
    expect(await asked('<script>alert(1)</script>', '10.0.0.5')).toBe(401);
    expect(await asked('unknown', '10.0.0.5')).toBe(429);
    const email = 'nobody@example.com';
    const payload = { email, password: 'a wrong password' };
    const headers = { 'x-forwarded-for': 'unknown' };
    const said = jest.spyOn(Logger.prototype, 'warn');
    await app.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      remoteAddress: '10.0.0.6',
      headers,
      payload,
    });
    expect(said).toHaveBeenCalledWith('Sign-in refused: unknown e-mail, from 10.0.0.6');
    said.mockRestore();
  });
});

describe('the limits of two processes', () => {
  it('are counted by each for itself', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1' });
    const other = await startTestApp({ env: { RATE_LIMIT_ADDRESS_PER_MINUTE: '1' } });
    try {
      expect(app.get(RateLimiter)).not.toBe(other.get(RateLimiter));
      for (const { anonymous } of [app, other]) expect((await anonymous.get('/loans')).status).toBe(401);
    } finally {
      await other.close();
    }
  });
});
