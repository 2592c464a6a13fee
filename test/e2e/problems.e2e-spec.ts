import { QueryFailedError } from 'typeorm';
import { LoanReadingService } from '../../src/modules/loans/loan-reading.service.js';
import { UserDirectory } from '../../src/modules/users/index.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { aLease } from '../support/factories.js';
import type { Operation } from '../support/operations.js';
import { filledIn, operationsOf } from '../support/operations.js';
import { expectFieldsRefused, expectRefusal } from '../support/refusal.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;
let finance: ApiClient;
let operations: Operation[];
let borrower: { driver_id: number; lease_id: number };

beforeAll(async () => {
  app = await startTestApp();
  finance = app.as('FINANCE');
  operations = await operationsOf(app);
  const { driver_id, id } = await aLease(app);
  borrower = { driver_id, lease_id: id };
});

afterAll(() => app.close());

const send = (
  client: ApiClient,
  { method }: Pick<Operation, 'method'>,
  path: string,
  body: object = {},
): Promise<ApiAnswer<unknown>> => {
  switch (method) {
    case 'GET':
      return client.get<unknown>(path);
    case 'POST':
      return client.post<unknown>(path, body);
    case 'PUT':
      return client.put<unknown>(path, body);
    case 'PATCH':
      return client.patch<unknown>(path, body);
    case 'DELETE':
      return client.delete<unknown>(path);
  }
};

/** Sends the text unchanged, without a serializer. */
const sendText = (path: string, text: string, type = 'application/json'): Promise<ApiAnswer<unknown>> =>
  finance.post<unknown>(path, Buffer.from(text), { 'content-type': type });

const NEW_LOAN = { loan_amount: '100.00', start_week: '2025-11-02' };

/** A valid body for each write with an amount, with its path and the name of its amount. */
const moneyWrites = (): [path: string, amount: string, body: object][] => [
  ['/loans/preview', 'loan_amount', NEW_LOAN],
  ['/loans', 'loan_amount', { ...borrower, ...NEW_LOAN }],
  [
    '/ledger/obligations',
    'amount',
    {
      ...borrower,
      category: 'LEASE',
      amount: '5.00',
      reference_type: 'LEASE_FEE',
      reference_id: 'X',
      payment_period_start: '2025-10-26',
    },
  ],
  [
    '/ledger/payments',
    'amount',
    {
      ...borrower,
      amount: '5.00',
      payment_period_start: '2025-10-26',
      source_type: 'EARNINGS',
      source_id: 'X',
    },
  ],
];

describe('an operation of the service', () => {
  it('requires authentication before anything else', async () => {
    const guarded = operations.filter(({ isPublic }) => !isPublic);
    expect(guarded.length).toBeGreaterThan(20);
    for (const operation of guarded) {
      const answer = await send(app.anonymous, operation, filledIn(operation, 'x'), { surprise: 1 });
      expectRefusal(answer, 401, 'NOT_SIGNED_IN');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('allows a manager to read everything but users and the audit log, and rejects every write with the missing permission', async () => {
    const manager = app.as('MANAGER');
    const held = (await manager.get<{ permissions: string[] }>('/auth/me')).body.permissions;
    // operations without permissions concern the own session
    for (const operation of operations.filter(({ permissions }) => permissions.length > 0)) {
      const answer = await send(manager, operation, filledIn(operation, '2147483647'));
      // a manager can read the names of users, which other records contain
      if (operation.method === 'GET' && !/^\/(audit|users(?!\/names$))/.test(operation.path)) {
        expect(`GET ${operation.path} ${answer.status}`).toMatch(/ (200|400|404)$/);
        continue;
      }
      const missing = operation.permissions.filter((permission) => !held.includes(permission));
      expect([operation.path, missing]).not.toEqual([operation.path, []]);
      const { detail } = expectRefusal(answer, 403, 'PERMISSION_MISSING');
      for (const permission of missing) expect(detail).toContain(permission);
    }
  });
});

describe('a user without permissions', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is denied every route with the permissions that it requires, including printed documents', async () => {
    const users = app.get(UserDirectory);
    const active = users.findBySession.bind(users);
    const user = app.as('FINANCE');
    await user.get('/auth/me');
    jest.spyOn(users, 'findBySession').mockImplementation(async (sessionId, userId) => {
      const found = await active(sessionId, userId);
      return found && { ...found, roles: [] };
    });
    const guarded = operations.filter(({ permissions }) => permissions.length > 0);
    expect(guarded.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/loans/{loan_id}/agreement.pdf', '/ledger/statements']),
    );
    for (const operation of guarded) {
      const answer = await send(user, operation, filledIn(operation, 'pdf'));
      const { detail } = expectRefusal(answer, 403, 'PERMISSION_MISSING');
      for (const permission of operation.permissions) expect(detail).toContain(permission);
    }
  });
});

describe('an amount', () => {
  it.each([
    ['"0.001"'],
    ['0.001'],
    ['"1.005"'],
    ['0.30000000000000004'],
    ['"NaN"'],
    ['"Infinity"'],
    ['"-Infinity"'],
    ['"1e3"'],
    ['"1E3"'],
    ['1e-7'],
    ['"-1"'],
    ['-1'],
    ['"-0.00"'],
    ['"+1"'],
    ['"1,000.00"'],
    ['"$5"'],
    ['"0x10"'],
    ['"1."'],
    ['".5"'],
    ['" 1"'],
    ['"1\\n"'],
    ['""'],
    ['"\u0661"'],
    ['"\uff11"'],
    ['12345678901'],
    ['true'],
    ['null'],
    ['["1.00"]'],
    ['{"amount":"1.00"}'],
  ])('is rejected as %s', async (json) => {
    for (const [path, amount, body] of moneyWrites()) {
      const text = JSON.stringify({ ...body, [amount]: 'HERE' }).replace('"HERE"', json);
      const problem = expectFieldsRefused(await sendText(path, text), amount);
      expect(problem.errors).toEqual([
        {
          field: amount,
          message: `${amount} must be an amount such as "1500.00": digits, and at most two decimals after a point; no currency sign, no commas`,
        },
      ]);
    }
  });

  it.each([['"10.001"'], ['"-1"'], ['"1e1"'], ['"ten"'], ['1e400'], ['[]'], ['null'], ['"10%"']])(
    'of interest is rejected as %s',
    async (json) => {
      const text = JSON.stringify({ ...NEW_LOAN, interest_rate: 'HERE' }).replace('"HERE"', json);
      expectFieldsRefused(await sendText('/loans/preview', text), 'interest_rate');
    },
  );
});

describe('a date', () => {
  it.each([
    '2025-02-29',
    '2025-13-01',
    '2025-11-31',
    '2025-00-10',
    '0000-01-02',
    '2025-11-2',
    '20251102',
    '02.11.2025',
    '11/02/2025',
    '2025-11-02T00:00:00Z',
    ' 2025-11-02',
    '+002025-11-02',
    '２０２５-11-02',
    'tomorrow',
    '',
    null,
    1_762_041_600,
    ['2025-11-02'],
  ])('is rejected as %j', async (date) => {
    const answer = await finance.post('/loans/preview', { ...NEW_LOAN, start_week: date });
    expect(expectFieldsRefused(answer, 'start_week').detail).toBe(
      'start_week must be a date that exists, as YYYY-MM-DD.',
    );
    if (typeof date !== 'string') return;
    expectFieldsRefused(await finance.get(`/loans?date_from=${encodeURIComponent(date)}`), 'date_from');
  });
});

describe('an unknown field', () => {
  it('is rejected in every body', async () => {
    const writes = operations.filter(
      ({ method, isPublic, takesCsv }) => method !== 'GET' && !isPublic && !takesCsv,
    );
    for (const operation of writes) {
      const answer = await send(app.as('ADMIN'), operation, filledIn(operation, '1'), { surprise: 1 });
      const problem = expectRefusal(answer, 400, 'VALIDATION_FAILED');
      expect([operation.path, problem.errors]).toEqual([
        operation.path,
        expect.arrayContaining([{ field: 'surprise', message: 'surprise is not a field of this request' }]),
      ]);
    }
  });

  it('is rejected in every query, even if the route has no query parameters', async () => {
    for (const operation of operations.filter(({ isPublic }) => !isPublic)) {
      const answer = await send(app.as('ADMIN'), operation, `${filledIn(operation, '1')}?surprise=1`);
      const problem = expectRefusal(answer, 400, 'VALIDATION_FAILED');
      expect([operation.path, problem.errors]).toEqual([
        operation.path,
        expect.arrayContaining([{ field: 'surprise', message: 'surprise is not a field of this request' }]),
      ]);
    }
    const answer = await app.anonymous.get('/loans/DL-2025-0001?surprise=1');
    expectRefusal(answer, 401, 'NOT_SIGNED_IN');
    expect((await app.app.inject('/health/live?surprise=1')).statusCode).toBe(200);
  });

  it('is reported together with all other errors of the request', async () => {
    const answer = await finance.post('/loans', {
      ...borrower,
      loan_amount: 'x',
      start_week: 'y',
      surprise: 1,
    });
    const problem = expectFieldsRefused(answer, 'loan_amount', 'start_week', 'surprise');
    expect(problem.detail).toMatch(/ \(and 2 more\)\.$/);
  });
});

describe('a body', () => {
  it.each(['{', '{"loan_amount":', '{"a":1}}', "{'a':1}", '{a:1}', '{"a":NaN}', '\u0000'])(
    'is rejected if it is not JSON: %j',
    async (text) => {
      const problem = expectRefusal(await sendText('/loans', text), 400, 'MALFORMED_BODY');
      expect(problem.detail).toBe('The body is not well-formed JSON.');
    },
  );

  it.each(['', '[]', '[{}]', 'null', '5', '"text"', 'true', '{"__proto__":{"a":1}}'])(
    'is rejected if it is not an object: %s',
    async (text) => {
      expectRefusal(await sendText('/loans', text), 400, 'VALIDATION_FAILED');
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
    expectRefusal(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'text/csv; charset=utf-16'])(
    'is rejected as import file with the content type %s',
    async (type) => {
      const answer = await sendText('/drivers/import', '{}', type);
      const { detail } = expectRefusal(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
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
    expectRefusal(await sendText('/loans', sized(limit + 1)), 413, 'BODY_TOO_LARGE');
    expectRefusal(await sendText('/loans', sized(limit)), 400, 'VALIDATION_FAILED');
  });
});

describe('a URL', () => {
  it.each([
    ['GET', '/nothing'],
    ['POST', '/loans/DL-2025-0001/nothing'],
    ['GET', '/ledger'],
    ['GET', '/loans//installments'],
  ] as const)('is answered 404 without a route: %s %s', async (method, path) => {
    expectRefusal(await send(finance, { method }, path), 404, 'ROUTE_NOT_FOUND');
  });

  it.each([
    ['POST', '/loans/DL-2025-0001', 'GET, HEAD, PATCH'],
    ['DELETE', '/loans/DL-2025-0001/?x=1', 'GET, HEAD, PATCH'],
    ['PUT', '/loans', 'GET, HEAD, POST'],
    ['GET', '/loans/DL-2025-0001/status', 'PUT'],
  ] as const)('is answered 405 with its supported methods: %s %s', async (method, path, allowed) => {
    const answer = await send(finance, { method }, path);
    expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED');
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
    expectRefusal(await finance.get(path), 400, 'REQUEST_REFUSED');
  });
});

describe('harmful text', () => {
  const HARMFUL: [what: string, text: string][] = [
    ['a NUL', '\u0000'],
    ['a NUL between letters', 'a\u0000b'],
    ['escape codes', '\u0001\u001b[2J'],
    ['a header', '\r\nX-Injected: 1'],
    ['invalid code points', '\ufffe\uffff'],
    ['bidirectional control characters', '\u202e\u200d'],
    ['emoji', '😀'.repeat(15)],
    ['SQL', "'; DROP TABLE driver_loans; --"],
    ['templates', '${7*7}{{7*7}}%s%n'],
    ['a path traversal', '../../etc/passwd'],
    ['a script', '<script>alert(1)</script>'],
    ['wildcards', '%_\\'],
  ];

  /** Any response except an internal error; every error is a problem document. */
  const expectNoHarm = (answer: ApiAnswer<unknown>, where: string): void => {
    expect(`${answer.status} ${where}`).toMatch(/^(200|201|400|404|409) /);
    if (answer.status >= 400) expectRefusal(answer, answer.status, (answer.body as { code: string }).code);
    expect(answer.headers['x-injected']).toBeUndefined();
  };

  it.each(HARMFUL)('does no harm in a path: %s', async (_, text) => {
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      const path = filledIn(operation, encodeURIComponent(text));
      expectNoHarm(await send(app.as('ADMIN'), operation, path), `${operation.method} ${operation.path}`);
    }
  });

  it.each(HARMFUL)('does no harm in a query: %s', async (_, text) => {
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      for (const field of operation.queryFields) {
        const path = `${filledIn(operation, '1')}?${field}=${encodeURIComponent(text)}`;
        expectNoHarm(await app.as('ADMIN').get(path), `${operation.path} ${field}`);
      }
    }
  });

  it.each([...HARMFUL, ['half of an emoji', '\ud83d']])(
    'does no harm in a body: %s',
    async (_, text = '') => {
      for (const [path, , body] of moneyWrites()) {
        for (const field of [...Object.keys(body), 'purpose', 'notes', 'description', text]) {
          expectNoHarm(await finance.post(path, { ...body, [field]: text }), `${path} ${field}`);
        }
      }
    },
  );
});

describe('the request id', () => {
  it.each(['abcdefgh', 'req-2025.10:29_A', 'x'.repeat(100)])(
    'is that of the caller if it is valid: %s',
    async (id) => {
      const refused = await finance.get('/loans/DL-2025-9999', { 'x-request-id': id });
      expect(expectRefusal(refused, 404, 'LOAN_NOT_FOUND').request_id).toBe(id);
      expect((await finance.get('/loans', { 'x-request-id': id })).headers['x-request-id']).toBe(id);
    },
  );

  it.each(['short', 'with spaces in it', '<script>alert(1)</script>', '"quoted-id"', 'x'.repeat(101), ''])(
    'is generated if that of the caller is invalid: %j',
    async (id) => {
      const answer = await finance.get('/loans/%zz', { 'x-request-id': id });
      const { request_id } = expectRefusal(answer, 400, 'REQUEST_REFUSED');
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
    jest.spyOn(app.get(LoanReadingService), 'getLoan').mockRejectedValue(thrown);
    const problem = expectRefusal(await finance.get('/loans/DL-2025-0001'), 500, 'INTERNAL_ERROR');
    expect(problem.detail).toBe('Something went wrong here; quote the request id to support.');
  });
});
