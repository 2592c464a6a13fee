import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { aLease } from '../support/factories.js';
import { filledIn, operationsOf } from '../support/operations.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp, TEST_PASSWORD } from '../support/test-app.js';

const logged: string[] = [];
let app: TestApp;
let finance: ApiClient;
let borrower: { driver_id: number; lease_id: number };

beforeAll(async () => {
  app = await startTestApp({ env: { LOG_LEVEL: 'error' }, onLogLine: (line) => logged.push(line) });
  finance = app.as('FINANCE');
  const { driver_id, id } = await aLease(app);
  borrower = { driver_id, lease_id: id };
});

afterAll(() => app.close());

const send = (
  client: ApiClient,
  path: string,
  text: string | Buffer,
  type = 'application/json',
): Promise<ApiAnswer<unknown>> => client.post<unknown>(path, Buffer.from(text), { 'content-type': type });

const rowsOf = async (table: string): Promise<number> => {
  const [{ count }] = await app.db.query<[{ count: number }]>(
    `SELECT count(*)::integer AS count FROM ${table}`,
  );
  return count;
};

describe('a body that is not plain UTF-8', () => {
  const driver = (firstName: string): Buffer =>
    Buffer.from(
      `{"tlc_license_number":"5099001","first_name":"${firstName}","last_name":"Diallo"}`,
      'latin1',
    );

  it('is rejected and not repaired', async () => {
    const drivers = await rowsOf('drivers');
    expectProblem(await send(finance, '/drivers', driver('Jos\xe9')), 400, 'MALFORMED_BODY');
    expect(await rowsOf('drivers')).toBe(drivers);
  });

  it.each(['iso-8859-1', '"windows-1252"', 'utf-16'])('is rejected with the charset %s', async (charset) => {
    const type = `application/json; charset=${charset}`;
    const answer = await send(finance, '/drivers', driver('Jose'), type);
    expect(expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE').detail).toBe('Send the body in UTF-8.');
  });

  it.each(['utf-8', 'UTF-8', '"utf-8"'])('is not assumed for the charset %s', async (charset) => {
    const type = `application/json; charset=${charset}`;
    expect((await send(finance, '/loans/installments/post', '{"dry_run":true}', type)).status).toBe(200);
  });

  it.each(['gzip', 'br', 'deflate'])('is rejected with the content encoding %s', async (encoding) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    const answer = await finance.post('/loans/installments/post', Buffer.from('{"dry_run":true}'), headers);
    expect(expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE').detail).toBe('Send the body uncompressed.');
  });

  it('is not assumed for the content encoding identity', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'identity' };
    const answer = await finance.post('/loans/installments/post', Buffer.from('{"dry_run":true}'), headers);
    expect(answer.status).toBe(200);
  });

  it('is rejected at the sign-in', async () => {
    const body = Buffer.from(
      '{"email":"a@tests.example","password":"caf\xe9 with milk and sugar"}',
      'latin1',
    );
    expectProblem(await send(app.anonymous, '/auth/login', body), 400, 'MALFORMED_BODY');
  });

  it('cannot be sent as half of a surrogate pair', async () => {
    const body = `{"email":"\\ud83d@tests.example","password":"${TEST_PASSWORD}"}`;
    expectProblem(await send(app.anonymous, '/auth/login', body), 400, 'VALIDATION_FAILED');
  });
});

describe('an amount or rate as a JSON number', () => {
  const obligation = (amount: string): string =>
    JSON.stringify({
      ...borrower,
      category: 'LEASE',
      amount: 'HERE',
      reference_type: 'LEASE_FEE',
      reference_id: 'FEE-1',
      payment_period_start: '2025-10-26',
    }).replace('"amount":"HERE"', amount);

  it.each([
    '"amount":12.339999999999999999',
    '"amount":1e2',
    '"amount":1e21',
    '"amount":1e400',
    '"amount":"5.00","amount":"500.00"',
    '"amount":"5.00","amount":"5.00"',
  ])('is rejected if its value would change: %s', async (amount) => {
    expectFieldErrors(await send(finance, '/ledger/obligations', obligation(amount)), 'amount');
    expect(await rowsOf('ledger_postings')).toBe(0);
  });

  it('is rejected above the maximum rate, even by less than a float can represent', async () => {
    const body = '{"loan_amount":"1500.00","interest_rate":20.0000000000000000001,"start_week":"2025-11-02"}';
    expectFieldErrors(await send(finance, '/loans/preview', body), 'interest_rate');
  });

  it('is accepted exactly as written', async () => {
    const body = '{"loan_amount":1500.50,"interest_rate":10.0,"start_week":"2025-11-02"}';
    const answer = await send(finance, '/loans/preview', body);
    expect(answer).toMatchObject({ status: 200, body: { loan_amount: '1500.50', interest_rate: '10.00' } });
  });
});

describe('the size and structure of a body', () => {
  const unknownFields = (count: number): string =>
    JSON.stringify(
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`field_${index}`, index])),
    );

  it.each([
    ['80,000 unknown fields', 413, unknownFields(80_000)],
    ['500,000 numbers', 413, JSON.stringify(Array.from({ length: 500_000 }, () => 1))],
    ['2,000 nested lists', 400, '['.repeat(2_000)],
    ['2,000 nested lists in a field', 400, `{"refresh_token":${'['.repeat(2_000)}${']'.repeat(2_000)}}`],
    ['1,000 unknown fields', 400, unknownFields(1_000)],
    ['5,000 numbers', 400, JSON.stringify(Array.from({ length: 5_000 }, () => 1))],
  ])('is limited before authentication: %s', async (_, status, body) => {
    const answer = await send(app.anonymous, '/auth/refresh', body);
    expectProblem(answer, status, status === 413 ? 'BODY_TOO_LARGE' : 'VALIDATION_FAILED');
    expect(JSON.stringify(answer.body).length).toBeLessThan(1_000);
    expect(logged).toEqual([]);
  });

  it.each(['/auth/login', '/auth/refresh', '/auth/logout', '/auth/password'])(
    'is limited to 16 KiB at %s',
    async (path) => {
      const sized = (bytes: number): string => `{"x":"${'x'.repeat(bytes - 8)}"}`;
      expectProblem(await send(finance, path, sized(16_384)), 400, 'VALIDATION_FAILED');
      expectProblem(await send(finance, path, sized(16_385)), 413, 'BODY_TOO_LARGE');
    },
  );

  it.each([
    ['50,000 unknown fields', unknownFields(50_000)],
    ['500,000 numbers', JSON.stringify({ allocations: Array.from({ length: 500_000 }, () => 1) })],
    ['a million brackets', '['.repeat(1_000_000)],
  ])('is limited on every other route: %s', async (_, body) => {
    expectProblem(await send(finance, '/ledger/payments/targeted', body), 400, 'VALIDATION_FAILED');
    expect(logged).toEqual([]);
  });

  it('is rejected with at most 20 errors and their total number', async () => {
    const answer = await send(finance, '/loans/preview', unknownFields(200));
    const problem = expectProblem(answer, 400, 'VALIDATION_FAILED');
    expect(problem.errors).toHaveLength(20);
    expect(problem.detail).toMatch(/ \(and 201 more\)\.$/);
  });

  it('is rejected for an unknown field in a list item', async () => {
    for (const name of ['constructor', 'surprise']) {
      const allocations = [{ balance_id: 1, amount: '1.00', [name]: 1 }];
      const answer = await send(finance, '/ledger/payments/targeted', JSON.stringify({ allocations }));
      const { errors } = expectProblem(answer, 400, 'VALIDATION_FAILED');
      const field = `allocations.0.${name}`;
      expect(errors).toContainEqual({ field, message: `${field} is not a field of this request` });
    }
  });
});

describe('input that is too deep or too large for validation', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const bodies = [
    ...[14, 5_000].map((depth) => `{"x":${nested(depth)}}`),
    `{"allocations":[${Array.from({ length: 500 }, () => '{"x":{"x":{}}}').join()}]}`,
    `{${Array.from({ length: 50 }, (_, index) => `"f${index}":${nested(14)}`).join()}}`,
  ];
  const queries = [`q=${'x'.repeat(8_000)}`, `q${'[a]'.repeat(1_000)}=1`, `q=${'%5B'.repeat(2_000)}`];

  it('is rejected by every operation without an internal error', async () => {
    const admin = app.as('ADMIN');
    const operations = (await operationsOf(app)).filter(({ path }) => !path.startsWith('/auth/'));
    for (const operation of operations) {
      const path = filledIn(operation, '1');
      if (operation.method === 'POST' && !operation.acceptsCsv) {
        for (const body of bodies) {
          const { status } = await send(admin, path, body);
          expect({ path, status }).toEqual({ path, status: 400 });
        }
      }
      if (operation.method === 'GET') {
        for (const query of queries) {
          const { status } = await admin.get(`${path}?${query}`);
          expect({ path, query, isFault: status >= 500 }).toEqual({ path, query, isFault: false });
        }
      }
    }
    expect(logged).toEqual([]);
  });
});

describe('a list of objects', () => {
  it.each([
    ['[[]]', ['allocations.0']],
    ['[{},[]]', ['allocations.0.balance_id', 'allocations.0.amount', 'allocations.1']],
    ['[null]', ['allocations.0']],
    ['[5]', ['allocations.0']],
    ['{}', ['allocations']],
    ['[]', ['allocations']],
    ['null', ['allocations']],
    [`[${Array.from({ length: 101 }, () => '{}').join()}]`, ['allocations']],
  ])(
    'is rejected if it is not a list, and every invalid item is named by its index: %.30s',
    async (allocations, fields) => {
      const answer = await send(finance, '/ledger/payments/targeted', `{"allocations":${allocations}}`);
      const { errors } = expectProblem(answer, 400, 'VALIDATION_FAILED');
      const rejected = errors?.map(({ field }) => field).filter((field) => field.startsWith('allocations'));
      expect(rejected).toEqual(fields);
    },
  );
});

describe('a name', () => {
  const register = (
    licence: string,
    first_name: string,
    last_name = 'Diallo',
  ): Promise<ApiAnswer<Record<string, unknown>>> =>
    finance.post('/drivers', { tlc_license_number: licence, first_name, last_name });

  it('is normalized, so that a search finds it', async () => {
    const { body } = await register('5099101', '\u00A0Marie \u00A0 Jose\u0301\u202F');
    expect(body['first_name']).toBe('Marie José');
    const found = await finance.get<{ total: number }>(`/drivers?q=${encodeURIComponent('Marie\u00A0José')}`);
    expect(found.body.total).toBe(1);
  });

  it.each(['\u200B', 'A\u200Bmara', '\u202EaramA', 'Jos\uFFFD', 'A\uFFFF'])(
    'is rejected if it is not printable: %j',
    async (name) => {
      expectFieldErrors(await register('5099102', name), 'first_name');
      const file = `tlc_license_number,first_name,last_name\n5099102,${name},Diallo\n`;
      const answer = await finance.post('/drivers/import?dry_run=true', file);
      expect(answer.body).toMatchObject({ created: 0, rejected: 1 });
      expect(await app.db.query(`SELECT FROM drivers WHERE tlc_license_number = '5099102'`)).toEqual([]);
    },
  );

  it('is rejected as a blank last name', async () => {
    expectFieldErrors(await register('5099103', 'Amara', '\u00A0'), 'last_name');
  });
});

describe('an update without changes', () => {
  const auditEntries = (): Promise<number> => rowsOf('audit_log');

  it.each([
    ['a driver', () => `/drivers/${borrower.driver_id}`, 'first_name'],
    ['a lease', () => `/leases/${borrower.lease_id}`, 'start_date'],
    ['a loan', () => '/loans/DL-2025-0001', 'purpose'],
  ])('leaves %s, its ETag and the audit log unchanged', async (_, path, field) => {
    if (field === 'purpose') {
      const loan = { ...borrower, loan_amount: '100.00', start_week: '2025-11-02', purpose: 'Tires' };
      expect((await finance.post('/loans', loan)).status).toBe(201);
    }
    const before = await finance.get(path());
    const entries = await auditEntries();
    app.clock.set('2025-10-29T10:00:00-04:00');
    const answer = await finance.patch(path(), { [field]: before.body[field] });
    expect(answer).toMatchObject({ status: 200, body: before.body });
    expect(answer.headers['etag']).toBe(before.headers['etag']);
    expect(await auditEntries()).toBe(entries);
  });

  it('leaves a user unchanged too', async () => {
    const admin = app.as('ADMIN');
    const { body } = await admin.get<{ items: { id: number; name: string; roles: string[] }[] }>('/users');
    const [user] = body.items;
    const entries = await auditEntries();
    const { name, roles } = user ?? {};
    const answer = await admin.patch(`/users/${user?.id}`, { name, roles, active: true });
    expect(answer).toMatchObject({ status: 200, body: { ...user } });
    expect(await auditEntries()).toBe(entries);
  });
});
