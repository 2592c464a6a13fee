import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { Problem } from '../../src/platform/http/errors/problem.js';
import { expectProblem } from '../support/problem.js';
import { SIGNING_KEY } from '../support/signing-key.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const ORIGIN = 'https://loans.example.com';
const CSP =
  "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;" +
  "font-src 'self' data:;connect-src 'self';manifest-src 'self';base-uri 'self';form-action 'self';" +
  "frame-ancestors 'none'";

let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await startTestApp({
    env: {
      CORS_ORIGINS: `${ORIGIN}, http://localhost:5173`,
      BODY_LIMIT_BYTES: '2048',
      REQUEST_TIMEOUT_SECONDS: '1',
    },
  });
  await app.app.listen(0, '127.0.0.1');
  port = (app.app.getHttpServer().address() as AddressInfo).port;
});

afterAll(() => app.close());

/** Sends the bytes and resolves with all data received before the server closes the connection. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}

/** The one error response received for the bytes. */
async function refusedWith(bytes: string): Promise<Problem> {
  const answer = await exchange(bytes);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const problem = JSON.parse(body) as Problem;
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${problem.status} ${problem.title}\r\n`));
  expect(head).toMatch(/\r\ncontent-type: application\/problem\+json/i);
  expect(head).toContain(`x-request-id: ${problem.request_id}`);
  expect(head).toMatch(/\r\nconnection: close/i);
  return problem;
}

describe('the server', () => {
  it('continues when the system cannot accept a connection', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const failure = Object.assign(new Error('accept ENFILE'), { code: 'ENFILE' });
    app.app.getHttpServer().emit('error', failure);
    expect(logged).toHaveBeenCalledWith(failure, 'A connection could not be accepted');
    logged.mockRestore();
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  });
});

describe('every response', () => {
  it.each([
    ['a page', '/docs'],
    ['a JSON response', '/health/live'],
    ['an error', '/api/v1/loans'],
    ['an unknown URL', '/nothing'],
  ])('has security headers for browsers: %s', async (_, url) => {
    const { headers } = await app.app.inject(url);
    expect(headers).toMatchObject({
      'content-security-policy': CSP,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()') as string,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    // the service must keep working over plain HTTP on this machine
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('forbids content sniffing, even for a malformed URL', async () => {
    const { headers } = await app.app.inject('/api/v1/loans/%zz');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('requires HTTPS in production', async () => {
    const production = await startTestApp({
      env: { NODE_ENV: 'production', AUTH_JWT_SECRET: SIGNING_KEY },
    });
    const { headers } = await production.app.inject('/health/live');
    await production.close();
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  it.each([
    ['', 404],
    ['true', 200],
  ])('serves the API documentation in production only on request: API_DOCS=%p', async (API_DOCS, status) => {
    const production = await startTestApp({
      env: { NODE_ENV: 'production', AUTH_JWT_SECRET: SIGNING_KEY, API_DOCS },
    });
    try {
      for (const url of ['/docs', '/docs-json']) {
        expect((await production.app.inject(url)).statusCode).toBe(status);
      }
    } finally {
      await production.close();
    }
  });
});

describe('a page from another origin', () => {
  it.each([ORIGIN, 'http://localhost:5173'])(
    'may call the API from an allowed origin: %s',
    async (origin) => {
      const { headers } = await app.app.inject({ url: '/health/live', headers: { origin } });
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['access-control-expose-headers']).toBe(
        'content-disposition, etag, idempotency-replayed, ratelimit-limit, ratelimit-policy, ratelimit-remaining, ' +
          'ratelimit-reset, retry-after, x-request-id',
      );
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
      expect(headers.vary).toContain('Origin');
    },
  );

  it('receives the allowed methods and headers in a preflight', async () => {
    const answer = await app.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/loans',
      headers: { origin: ORIGIN, 'access-control-request-method': 'POST' },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers':
        'authorization, content-type, idempotency-key, if-match, if-none-match, x-request-id',
    });
  });

  it.each([
    'https://evil.example',
    'https://loans.example.com.evil.example',
    'http://loans.example.com',
    'null',
  ])('has no access from any other origin: %s', async (origin) => {
    for (const method of ['GET', 'OPTIONS'] as const) {
      const answer = await app.app.inject({
        method,
        url: '/health/live',
        headers: { origin, 'access-control-request-method': 'GET' },
      });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('has no access at all by default', async () => {
    const closed = await startTestApp();
    const { headers } = await closed.app.inject({ url: '/health/live', headers: { origin: ORIGIN } });
    await closed.close();
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('an oversized request', () => {
  it('is rejected above BODY_LIMIT_BYTES', async () => {
    const sized = (bytes: number): object => ({ notes: 'x'.repeat(bytes - '{"notes":""}'.length) });
    expectProblem(await app.as('FINANCE').post('/loans', sized(2_049)), 413, 'BODY_TOO_LARGE');
    expectProblem(await app.as('FINANCE').post('/loans', sized(2_048)), 400, 'VALIDATION_FAILED');
  });

  it('is rejected with headers above 16 KiB', async () => {
    const problem = await refusedWith(
      `GET / HTTP/1.1\r\nhost: x\r\nx-padding: ${'x'.repeat(20_000)}\r\n\r\n`,
    );
    expect(problem).toMatchObject({ status: 431, code: 'HEADERS_TOO_LARGE' });
  });
});

describe('an invalid request', () => {
  it.each([
    'nonsense\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000',
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n',
  ])('gets a problem document: %j', async (bytes) => {
    expect(await refusedWith(bytes)).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });

  it.each([
    ['without a host', 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'INVALID_REQUEST'],
    [
      'with an unknown expectation',
      'GET /health/live HTTP/1.1\r\nhost: x\r\nexpect: x\r\nconnection: close\r\n\r\n',
      400,
      'INVALID_REQUEST',
    ],
    [
      'with an unknown method',
      'PROPFIND /api/v1/loans HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      405,
      'METHOD_NOT_ALLOWED',
    ],
    [
      'with a method that is not part of HTTP',
      'BREW /api/v1/loans HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      405,
      'METHOD_NOT_ALLOWED',
    ],
    [
      'OPTIONS without an origin',
      'OPTIONS /api/v1/loans HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      405,
      'METHOD_NOT_ALLOWED',
    ],
  ])('gets a problem document: %s', async (_, bytes, status, code) => {
    expect(await refusedWith(bytes)).toMatchObject({ status, code });
  });

  it('lists the known methods for a method that is not part of HTTP', async () => {
    const brew = 'BREW / HTTP/1.1\r\nhost: x\r\n\r\n';
    for (const bytes of [brew, `GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n${brew}`]) {
      expect(await exchange(bytes)).toMatch(/HTTP\/1.1 405 [^]*\r\nallow: GET, HEAD, OPTIONS, /);
    }
  });

  it('does not corrupt a response that is being sent', async () => {
    const answer = await exchange('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\nnonsense\r\n\r\n');
    expect(answer.match(/HTTP\/1\.1 /g)?.length).toBeLessThanOrEqual(2);
    expect(answer).toContain('INVALID_REQUEST');
  });
});

describe('a slow client', () => {
  it.each([
    ['headers', 'GET /health/live HTTP/1.1\r\nhost: x\r\nx-dripping: '],
    [
      'a body',
      'POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
    ],
  ])('is disconnected while it sends %s', async (_, bytes) => {
    expect(await refusedWith(bytes)).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT' });
  });

  const fileOf = async (bytes: number): Promise<string> =>
    `POST /api/v1/drivers/import HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv\r\ncontent-length: ${bytes}\r\n` +
    `authorization: Bearer ${await app.as('FINANCE').accessToken()}\r\n\r\ntlc_license_number,`;

  it('is disconnected while it sends a file', async () => {
    expect(await refusedWith(await fileOf(99))).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT' });
  });

  it('is disconnected without a timeout after its file was rejected as too large', async () => {
    expect(await exchange(await fileOf(10 ** 9))).toContain('"BODY_TOO_LARGE"');
  });
});

describe('a field name that every JavaScript object has', () => {
  it.each(['__proto__', 'constructor'])('is rejected in a query like any unknown field: %s', async (name) => {
    for (const path of ['/loans', '/loans/DL-2025-0001', '/auth/me']) {
      const problem = expectProblem(
        await app.as('FINANCE').get(`${path}?${name}=1`),
        400,
        'VALIDATION_FAILED',
      );
      expect(problem.errors).toEqual([{ field: name, message: `${name} is not a field of this request` }]);
    }
  });

  it('is rejected in a body', async () => {
    const answer = await app.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      headers: { 'content-type': 'application/json' },
      payload: '{"email":"a@b.example","password":"x","constructor":1}',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<Problem>().code).toBe('VALIDATION_FAILED');
  });
});
