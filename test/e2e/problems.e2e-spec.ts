import { QueryFailedError } from 'typeorm';
import { LoanQueryService } from '../../src/modules/loans/overview/loan-query.service.js';
import { filledIn } from '../support/operations.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import {
  app,
  borrower,
  finance,
  operations,
  send,
  sendText,
  useOperations,
} from './support/requests-fixture.js';

useOperations();

describe('an unknown field', () => {
  it('is rejected in every body', async () => {
    const writes = operations.filter(
      ({ method, isPublic, acceptsCsv }) => method !== 'GET' && !isPublic && !acceptsCsv,
    );
    for (const operation of writes) {
      const answer = await send(app.as('ADMIN'), operation, filledIn(operation, '1'), { surprise: 1 });
      const problem = expectProblem(answer, 400, 'VALIDATION_FAILED');
      expect([operation.path, problem.errors]).toEqual([
        operation.path,
        expect.arrayContaining([{ field: 'surprise', message: 'surprise is not a field of this request' }]),
      ]);
    }
  });

  it('is rejected in every query, even if the route has no query parameters', async () => {
    for (const operation of operations.filter(({ isPublic }) => !isPublic)) {
      const answer = await send(app.as('ADMIN'), operation, `${filledIn(operation, '1')}?surprise=1`);
      const problem = expectProblem(answer, 400, 'VALIDATION_FAILED');
      expect([operation.path, problem.errors]).toEqual([
        operation.path,
        expect.arrayContaining([{ field: 'surprise', message: 'surprise is not a field of this request' }]),
      ]);
    }
    const answer = await app.anonymous.get('/loans/DL-2025-0001?surprise=1');
    expectProblem(answer, 401, 'UNAUTHENTICATED');
    expect((await app.app.inject('/health/live?surprise=1')).statusCode).toBe(200);
  });

  it('is reported together with all other errors of the request', async () => {
    const answer = await finance.post('/loans', {
      ...borrower,
      loan_amount: 'x',
      start_week: 'y',
      surprise: 1,
    });
    const problem = expectFieldErrors(answer, 'loan_amount', 'start_week', 'surprise');
    expect(problem.detail).toMatch(/ \(and 2 more\)\.$/);
  });
});

describe('a body', () => {
  it.each(['{', '{"loan_amount":', '{"a":1}}', "{'a':1}", '{a:1}', '{"a":NaN}', '\u0000'])(
    'is rejected if it is not JSON: %j',
    async (text) => {
      const problem = expectProblem(await sendText('/loans', text), 400, 'MALFORMED_BODY');
      expect(problem.detail).toBe('The body is not well-formed JSON.');
    },
  );

  it.each(['', '[]', '[{}]', 'null', '5', '"text"', 'true', '{"__proto__":{"a":1}}'])(
    'is rejected if it is not an object: %s',
    async (text) => {
      expectProblem(await sendText('/loans', text), 400, 'VALIDATION_FAILED');
    },
  );

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/vnd.api+json',
    'nonsense',
  ])('is rejected with the content type %s', async (type) => {
    const answer = await sendText('/loans/installments/post', '{}', type);
    expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'text/csv; charset=utf-16'])(
    'is rejected as import file with the content type %s',
    async (type) => {
      const answer = await sendText('/drivers/import', '{}', type);
      const { detail } = expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
      expect(detail).toMatch(type.startsWith('text/csv') ? /UTF-8/ : /text\/csv/);
    },
  );

  it('is treated as missing if it is empty', async () => {
    const posted = await sendText('/loans/installments/post', '');
    expect(posted.status).toBe((await finance.post('/loans/installments/post')).status);
    expect(posted.status).toBe(200);
  });

  it('is rejected above 1 MiB, and read up to 1 MiB', async () => {
    const limit = 1_048_576;
    const text = JSON.stringify({ notes: '' });
    const sized = (bytes: number): string => text.replace('""', `"${'x'.repeat(bytes - text.length)}"`);
    expectProblem(await sendText('/loans', sized(limit + 1)), 413, 'BODY_TOO_LARGE');
    expectProblem(await sendText('/loans', sized(limit)), 400, 'VALIDATION_FAILED');
  });
});

describe('a URL', () => {
  it.each([
    ['GET', '/nothing'],
    ['POST', '/loans/DL-2025-0001/nothing'],
    ['GET', '/ledger'],
    ['GET', '/loans//installments'],
  ] as const)('is answered 404 without a route: %s %s', async (method, path) => {
    expectProblem(await send(finance, { method }, path), 404, 'ROUTE_NOT_FOUND');
  });

  it.each([
    ['POST', '/loans/DL-2025-0001', 'GET, HEAD, PATCH'],
    ['DELETE', '/loans/DL-2025-0001/?x=1', 'GET, HEAD, PATCH'],
    ['PUT', '/loans', 'GET, HEAD, POST'],
    ['GET', '/loans/DL-2025-0001/status', 'PUT'],
  ] as const)('is answered 405 with its supported methods: %s %s', async (method, path, allowed) => {
    const answer = await send(finance, { method }, path);
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers['allow']).toBe(allowed);
  });

  it.each([
    ['with a truncated escape sequence', '/loans/%E0%A4%A'],
    ['with a malformed query', '/drivers?q=%zz'],
    ['with Latin-1 in its query', '/drivers?q=Jos%E9'],
    ['with a malformed escape sequence', '/ledger/balances/%zz'],
    ['with overlong UTF-8', '/loans/%C0%80'],
    ['with an oversized segment', `/loans/${'a'.repeat(5_000)}`],
  ])('is rejected %s', async (_, path) => {
    expectProblem(await finance.get(path), 400, 'INVALID_REQUEST');
  });
});

describe('the request id', () => {
  it.each(['abcdefgh', 'req-2025.10:29_A', 'x'.repeat(100)])(
    'is that of the caller if it is valid: %s',
    async (id) => {
      const rejected = await finance.get('/loans/DL-2025-9999', { 'x-request-id': id });
      expect(expectProblem(rejected, 404, 'LOAN_NOT_FOUND').request_id).toBe(id);
      expect((await finance.get('/loans', { 'x-request-id': id })).headers['x-request-id']).toBe(id);
    },
  );

  it.each(['short', 'with spaces in it', '<script>alert(1)</script>', '"quoted-id"', 'x'.repeat(101), ''])(
    'is generated if that of the caller is invalid: %j',
    async (id) => {
      const answer = await finance.get('/loans/%zz', { 'x-request-id': id });
      const { request_id } = expectProblem(answer, 400, 'INVALID_REQUEST');
      expect(request_id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    },
  );
});

describe('an internal error', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['an error', new Error('boom at SecretService (/srv/app/secret.js:1:2)')],
    [
      'a failed query',
      new QueryFailedError('SELECT password_hash FROM users', [], new Error('relation "users"')),
    ],
    ['a text', 'SELECT 1'],
    ['nothing', undefined],
  ])('reveals nothing in its response when the code throws %s', async (_, thrown) => {
    jest.spyOn(app.get(LoanQueryService), 'get').mockRejectedValue(thrown);
    const problem = expectProblem(await finance.get('/loans/DL-2025-0001'), 500, 'INTERNAL_ERROR');
    expect(problem.detail).toBe('An internal error occurred. Contact support with the request id.');
  });
});
