import { waitingTime } from '../../src/kernel/text/sentence.js';
import { once } from 'node:events';
import http from 'node:http';
import { Logger } from '@nestjs/common';
import { RateLimiter } from '../../src/platform/http/limits/rate-limiter.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { expectProblem } from '../support/problem.js';
import type { TestApp, TestAppOptions } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;

afterEach(() => app.close());

async function start(env: TestAppOptions['env']): Promise<void> {
  app = await startTestApp({ env });
}

const expectTooMany = (answer: ApiAnswer<unknown>): void => {
  const { detail } = expectProblem(answer, 429, 'RATE_LIMITED');
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(detail).toBe(`Rate limit exceeded. Retry in ${waitingTime(seconds)}.`);
};

/** Sends a request from another address than the test client. */
async function fromAddress(address: string, url: string, token?: string): Promise<ApiAnswer<unknown>> {
  const answer = await app.app.inject({
    url,
    remoteAddress: address,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: answer.statusCode, body: answer.json<unknown>(), headers: answer.headers };
}

describe('the rate limit of a user', () => {
  it('is reported with each response, and rejects further requests until the window has moved on', async () => {
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
    const rejected = await clerk.post('/loans', {});
    expectTooMany(rejected);
    expect(rejected.headers['ratelimit-remaining']).toBe('0');

    const later = performance.now() + 61_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
    try {
      expect((await clerk.get('/loans')).status).toBe(200);
    } finally {
      clock.mockRestore();
    }
  });

  it('is also counted by hour, and the response names the limit that is reached first', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '3', RATE_LIMIT_PER_HOUR: '2' });
    const clerk = app.as('FINANCE');
    expect((await clerk.get('/loans')).headers['ratelimit-limit']).toBe('2');
    expect((await clerk.get('/loans')).status).toBe(200);
    const rejected = await clerk.get('/loans');
    expectTooMany(rejected);
    expect(rejected.body['detail']).toBe('Rate limit exceeded. Retry in 60 minutes.');
    expect(Number(rejected.headers['retry-after'])).toBeGreaterThan(3_000);
  });

  it('is independent of other users at the same address and of the address itself', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '2' });
    const [clerk, manager] = [app.as('FINANCE'), app.as('MANAGER')];
    const token = (await clerk.accessToken()) ?? '';
    expect((await fromAddress('10.1.0.1', '/api/v1/loans', token)).status).toBe(200);
    expect((await fromAddress('10.1.0.2', '/api/v1/loans', token)).status).toBe(200);
    expectTooMany(await fromAddress('10.1.0.3', '/api/v1/loans', token));
    expect((await manager.get('/loans')).status).toBe(200);
  });

  it('allows a busy minute with the defaults', async () => {
    await start({ RATE_LIMIT_PER_MINUTE: '', RATE_LIMIT_PER_HOUR: '' });
    const clerk = app.as('FINANCE');
    // small batches, because a slow machine has no connection for all requests at once
    for (let batch = 0; batch < 30; batch += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => clerk.get('/auth/me')));
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    }
    expectTooMany(await clerk.get('/auth/me'));
  });

  it.each<[string, (client: ApiClient) => Promise<ApiAnswer<unknown>>, number]>([
    ['without permission', (client) => client.get('/audit'), 403],
    ['with invalid fields', (client) => client.get('/loans?no_such_field=1'), 400],
    ['for an unknown record', (client) => client.get('/loans/DL-2025-9999'), 404],
  ])('counts a request %s', async (_, ask, status) => {
    await start({ RATE_LIMIT_PER_MINUTE: '2' });
    const clerk = app.as('FINANCE');
    for (const left of ['1', '0']) {
      const answer = await ask(clerk);
      expect([answer.status, answer.headers['ratelimit-remaining']]).toEqual([status, left]);
    }
    expectTooMany(await clerk.get('/loans'));
  });
});

describe('the rate limit of an address', () => {
  it('stops the guessing of tokens, and a valid token from the same address still works', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '3' });
    const token = (await app.as('FINANCE').accessToken()) ?? '';
    for (const guess of ['a.b.c', undefined, token.slice(0, -3)]) {
      expectProblem(await fromAddress('10.1.0.1', '/api/v1/loans', guess), 401, 'UNAUTHENTICATED');
    }
    expectTooMany(await fromAddress('10.1.0.1', '/api/v1/loans', 'a.b.c'));
    expect((await fromAddress('10.1.0.1', '/api/v1/loans', token)).status).toBe(200);
    expectProblem(await fromAddress('10.1.0.2', '/api/v1/loans'), 401, 'UNAUTHENTICATED');
  });

  it('is lower for sign-in attempts than for other requests', async () => {
    await start({ RATE_LIMIT_LOGIN_PER_MINUTE: '2', RATE_LIMIT_ADDRESS_PER_MINUTE: '100' });
    const guess = { email: 'unknown@tests.example', password: 'not the password' };
    for (const left of ['1', '0']) {
      const answer = await app.anonymous.post('/auth/login', guess);
      expectProblem(answer, 401, 'INVALID_CREDENTIALS');
      expect(answer.headers['ratelimit-remaining']).toBe(left);
    }
    expectTooMany(await app.anonymous.post('/auth/login', guess));
    expectProblem(await app.anonymous.get('/loans'), 401, 'UNAUTHENTICATED');
  });

  it('counts sign-in attempts whose body cannot be read towards the lower limit', async () => {
    await start({ RATE_LIMIT_LOGIN_PER_MINUTE: '2', RATE_LIMIT_ADDRESS_PER_MINUTE: '100' });
    const send = async (payload: string) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await app.app.inject({ method: 'POST', url: '/api/v1/auth/login', headers, payload });
      return { status: answer.statusCode, body: answer.json<unknown>(), headers: answer.headers };
    };
    for (const body of ['{', '{"email":']) expectProblem(await send(body), 400, 'MALFORMED_BODY');
    expectTooMany(await send('{"email":"unknown@tests.example","password":"not the password"}'));
  });

  it.each<[string, { url: string; type?: string; body?: string }, number]>([
    ['without a route', { url: '/api/v1/nothing' }, 404],
    ['outside the prefix', { url: '/nothing' }, 404],
    ['with a malformed body', { url: '/api/v1/auth/login', type: 'application/json', body: '{' }, 400],
    ['of another content type', { url: '/api/v1/auth/login', type: 'text/plain', body: 'x' }, 415],
    [
      'with an oversized body',
      { url: '/api/v1/auth/login', type: 'application/json', body: `"${'x'.repeat(2_000)}"` },
      413,
    ],
  ])('counts requests %s', async (_, { url, type, body }, status) => {
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
    expectProblem(await fromAddress('10.1.0.2', '/api/v1/loans'), 401, 'UNAUTHENTICATED');
  });

  it('rejects a request before its body arrives', async () => {
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

  it('applies to an IPv6 network of 64 bits, all of which one caller can use', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1' });
    expectProblem(await fromAddress('2001:db8:1:2::1', '/api/v1/loans'), 401, 'UNAUTHENTICATED');
    expectTooMany(await fromAddress('2001:db8:1:2:ffff::9', '/api/v1/loans'));
    expectProblem(await fromAddress('2001:db8:1:3::1', '/api/v1/loans'), 401, 'UNAUTHENTICATED');
  });

  it('does not apply to health checks, metrics and API documentation', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1' });
    for (const url of ['/health/live', '/health/ready', '/metrics', '/docs-json']) {
      for (let request = 0; request < 3; request += 1) {
        const answer = await app.app.inject({ url, remoteAddress: '10.1.0.1' });
        expect([url, answer.statusCode, answer.headers['ratelimit-limit']]).toEqual([url, 200, undefined]);
      }
    }
  });
});

describe('the X-Forwarded-For header', () => {
  const statusFrom = async (forwardedFor: string, remoteAddress: string): Promise<number> => {
    const answer = await app.app.inject({
      url: '/api/v1/loans',
      remoteAddress,
      headers: { 'x-forwarded-for': forwardedFor },
    });
    return answer.statusCode;
  };

  it('is ignored without TRUST_PROXY', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1' });
    expect(await statusFrom('198.51.100.1', '10.0.0.5')).toBe(401);
    expect(await statusFrom('198.51.100.2', '10.0.0.5')).toBe(429);
  });

  it('is accepted from a proxy in TRUST_PROXY, and only its last address', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1', TRUST_PROXY: '10.0.0.0/24' });
    expect(await statusFrom('198.51.100.1', '10.0.0.5')).toBe(401);
    expect(await statusFrom('198.51.100.2', '10.0.0.5')).toBe(401);
    // a caller who adds an address before the one that the proxy adds
    expect(await statusFrom('203.0.113.9, 198.51.100.2', '10.0.0.5')).toBe(429);
    expect(await statusFrom('198.51.100.3', '10.9.0.1')).toBe(401);
    expect(await statusFrom('198.51.100.4', '10.9.0.1')).toBe(429);
  });

  it('is ignored when it contains no IP address', async () => {
    await start({ RATE_LIMIT_ADDRESS_PER_MINUTE: '1', TRUST_PROXY: '10.0.0.0/24' });
    expect(await statusFrom('<script>alert(1)</script>', '10.0.0.5')).toBe(401);
    expect(await statusFrom('unknown', '10.0.0.5')).toBe(429);
    const email = 'unknown@example.com';
    const payload = { email, password: 'a wrong password' };
    const headers = { 'x-forwarded-for': 'unknown' };
    const warned = jest.spyOn(Logger.prototype, 'warn');
    await app.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      remoteAddress: '10.0.0.6',
      headers,
      payload,
    });
    expect(warned).toHaveBeenCalledWith('Sign-in refused: unknown e-mail, from 10.0.0.6');
    warned.mockRestore();
  });
});

describe('the rate limits of two processes', () => {
  it('are counted separately', async () => {
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
