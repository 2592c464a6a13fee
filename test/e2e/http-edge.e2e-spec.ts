import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { Problem } from '../../src/platform/http/problem.js';
import { expectRefusal } from '../support/refusal.js';
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

/** Sends the bytes and answers all that comes back until the server ends the connection. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}

/** The one refusal that came back over the wire. */
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
  it('goes on where the system cannot hand a connection over to it', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const failure = Object.assign(new Error('accept ENFILE'), { code: 'ENFILE' });
    app.app.getHttpServer().emit('error', failure);
    expect(logged).toHaveBeenCalledWith(failure, 'A connection could not be accepted');
    logged.mockRestore();
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  });
});

describe('every answer', () => {
  it.each([
    ['a page', '/docs'],
    ['a list', '/health/live'],
    ['a refusal', '/api/v1/loans'],
    ['an address that is none', '/nothing'],
  ])('tells browsers what they may do with it: %s', async (_, url) => {
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
    // over plain HTTP on this machine the service must go on working
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('is taken for nothing but what it says it is, also where no route is found for the address', async () => {
    const { headers } = await app.app.inject('/api/v1/loans/%zz');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('tells browsers in production to come by HTTPS only', async () => {
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
  ])('shows the API in production only when it is asked to: API_DOCS=%p', async (API_DOCS, status) => {
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

describe('a page of another origin', () => {
  it.each([ORIGIN, 'http://localhost:5173'])(
    'may call the API where the origin is allowed: %s',
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

  it('is told by a preflight what it may send', async () => {
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
  ])('is given nothing otherwise: %s', async (origin) => {
    for (const method of ['GET', 'OPTIONS'] as const) {
      const answer = await app.app.inject({
        method,
        url: '/health/live',
        headers: { origin, 'access-control-request-method': 'GET' },
      });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('is given nothing at all by default', async () => {
    const closed = await startTestApp();
    const { headers } = await closed.app.inject({ url: '/health/live', headers: { origin: ORIGIN } });
    await closed.close();
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a request that is too large', () => {
  it('is refused beyond BODY_LIMIT_BYTES', async () => {
    const sized = (bytes: number): object => ({ notes: 'x'.repeat(bytes - '{"notes":""}'.length) });
    expectRefusal(await app.as('FINANCE').post('/loans', sized(2_049)), 413, 'BODY_TOO_LARGE');
    expectRefusal(await app.as('FINANCE').post('/loans', sized(2_048)), 400, 'VALIDATION_FAILED');
  });

  it('is refused where its headers are over 16 KiB', async () => {
    const problem = await refusedWith(
      `GET / HTTP/1.1\r\nhost: x\r\nx-padding: ${'x'.repeat(20_000)}\r\n\r\n`,
    );
    expect(problem).toMatchObject({ status: 431, code: 'HEADERS_TOO_LARGE' });
  });
});

describe('what is no request', () => {
  it.each([
    'nonsense\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000',
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n',
  ])('is refused with a problem: %j', async (bytes) => {
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
      'with a method that no server knows',
      'BREW /api/v1/loans HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      400,
      'INVALID_REQUEST',
    ],
    [
      'for the options of an address, without an origin',
      'OPTIONS /api/v1/loans HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      405,
      'METHOD_NOT_ALLOWED',
    ],
  ])('is refused with a problem: one %s', async (_, bytes, status, code) => {
    expect(await refusedWith(bytes)).toMatchObject({ status, code });
  });

  it('writes nothing into an answer that is on its way', async () => {
    const answer = await exchange('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\nnonsense\r\n\r\n');
    expect(answer.match(/HTTP\/1\.1 /g)?.length).toBeLessThanOrEqual(2);
    expect(answer).toContain('INVALID_REQUEST');
  });
});

describe('a client that takes its time', () => {
  it.each([
    ['its headers', 'GET /health/live HTTP/1.1\r\nhost: x\r\nx-dripping: '],
    [
      'its body',
      'POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
    ],
  ])('over %s is sent away', async (_, bytes) => {
    expect(await refusedWith(bytes)).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT' });
  });

  const fileOf = async (bytes: number): Promise<string> =>
    `POST /api/v1/drivers/import HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv\r\ncontent-length: ${bytes}\r\n` +
    `authorization: Bearer ${await app.as('FINANCE').accessToken()}\r\n\r\ntlc_license_number,`;

  it('over a file is sent away', async () => {
    expect(await refusedWith(await fileOf(99))).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT' });
  });

  it('over what is left of a refused file is not listened to for longer', async () => {
    expect(await exchange(await fileOf(10 ** 9))).toContain('"BODY_TOO_LARGE"');
  });
});

describe('a field whose name is that of every object', () => {
  it.each(['__proto__', 'constructor'])(
    'is refused in a query as any other unknown one: %s',
    async (name) => {
      for (const path of ['/loans', '/loans/DL-2025-0001', '/auth/me']) {
        const problem = expectRefusal(
          await app.as('FINANCE').get(`${path}?${name}=1`),
          400,
          'VALIDATION_FAILED',
        );
        expect(problem.errors).toEqual([{ field: name, message: `${name} is not a field of this request` }]);
      }
    },
  );

  it('is refused in a body', async () => {
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
