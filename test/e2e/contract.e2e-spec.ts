import fc from 'fast-check';
import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { ERROR_CODES } from '../../src/kernel/errors/error-codes.js';
import type { ErrorCode } from '../../src/kernel/errors/error-codes.js';
import { UserRegistrationService } from '../../src/modules/users/index.js';
import { STATUS_OF_KIND } from '../../src/platform/http/problem.js';
import type { Problem } from '../../src/platform/http/problem.js';
import { aDebt } from '../support/debts.js';
import { aLoan } from '../support/factories.js';
import type { DocumentedOperation, OpenApiDocument } from '../support/openapi-document.js';
import { builtDocument, differences } from '../support/openapi-document.js';
import { expectRefusal } from '../support/refusal.js';
import type { FuzzedRequest, KnownValues } from '../support/request-arbitraries.js';
import { requestsTo } from '../support/request-arbitraries.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

/** FUZZ_RUNS and FUZZ_SEED look further than a run of all tests has time for. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_251_102);

/** They want fields that belong together, which chance seldom finds. */
const SELDOM_DONE = new Set(['POST /api/v1/ledger/payments/targeted', 'POST /api/v1/leases']);

const LOANS = 18;
const KNOWN_USER = { email: 'clerk@tests.example', password: 'correct horse battery staple' };

/** They end the session that the other requests need. */
const LEFT_OUT = new Set(['POST /api/v1/auth/logout']);

/** An address that cannot be read, or that is another; a query field that no list has. */
const OF_ANY_ROUTE = ['REQUEST_REFUSED', 'ROUTE_NOT_FOUND', 'VALIDATION_FAILED'];

const document: OpenApiDocument = builtDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, method, operation }))
    .filter(({ name }) => !LEFT_OUT.has(name)),
);

/** The statuses that came of each operation. */
const answered = new Map<string, Set<number>>(operations.map(({ name }) => [name, new Set()]));

let app: TestApp;
let token: string | null;
let known: KnownValues;

beforeAll(async () => {
  app = await startTestApp({ env: { LOAN_APPROVAL_REQUIRED: 'true' } });
  token = await app.as('ADMIN').accessToken();
  await app
    .get(UserRegistrationService)
    .register(SYSTEM_ACTOR, { ...KNOWN_USER, name: 'C', roles: ['FINANCE'] });
  known = await somethingOfEach();
});

afterAll(() => app.close());

/** Loans in several states, postings, balances and runs to be named, and words that mean something here. */
async function somethingOfEach(): Promise<KnownValues> {
  const finance = app.as('FINANCE');
  const loans = await Promise.all(Array.from({ length: LOANS }, () => aLoan(app)));
  for (const [place, { loan_id, driver_id, lease_id }] of loans.entries()) {
    await aDebt(app, { driver_id, lease_id }, { category: 'LEASE', amount: '450.00' });
    if (place % 3 > 0) await app.as('ADMIN').post(`/loans/${loan_id}/approve`, {});
    if (place % 3 > 1) await finance.post('/loans/installments/post', { loan_id });
  }
  const all = async (path: string, field: string): Promise<(string | number)[]> => {
    const { body } = await finance.get<{ items: Record<string, string | number>[] }>(`${path}?page_size=100`);
    return body.items.map((item) => item[field] ?? '');
  };
  const sundays = ['2025-10-26', '2025-11-02'];
  return {
    loan_id: loans.map(({ loan_id }) => loan_id),
    driver_id: loans.map(({ driver_id }) => driver_id),
    lease_id: loans.map(({ lease_id }) => lease_id),
    medallion_id: await all('/leases', 'medallion_id'),
    vehicle_id: await all('/leases', 'vehicle_id'),
    posting_id: await all('/ledger/postings', 'posting_id'),
    balance_id: await all('/ledger/balances', 'balance_id'),
    run_id: await all('/loans/posting-runs', 'run_id'),
    start_week: sundays,
    resume_week: sundays,
    period_start: sundays,
    payment_period_start: sundays,
    start_date: sundays,
    end_date: ['2026-10-31'],
    due_date: ['2025-11-08'],
    payment_period_end: ['2025-11-01', '2025-11-08'],
    email: [KNOWN_USER.email],
    password: [KNOWN_USER.password],
  };
}

describe('whatever is sent to', () => {
  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s is answered as the document says',
    async (name, { path, method, operation }) => {
      const property = fc.asyncProperty(requestsTo(document, path, operation, known), async (request) => {
        const answer = await app.app.inject({
          method: method.toUpperCase() as 'GET',
          url: request.url,
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            ...request.headers,
          },
          ...(request.body === undefined ? {} : { payload: JSON.stringify(request.body) }),
        });
        answered.get(name)?.add(answer.statusCode);
        const isJson = /\bjson\b/.test(String(answer.headers['content-type']));
        expectDocumented(operation, request, {
          status: answer.statusCode,
          body: isJson ? answer.json<unknown>() : answer.body,
          headers: answer.headers,
        });
      });
      await fc.assert(property, { numRuns: RUNS, seed: SEED });
    },
  );

  it('each is sometimes done and, where it takes anything, sometimes refused', () => {
    const tallies = [...answered].map(([name, statuses]) => [name, [...statuses].toSorted()] as const);
    const undone = tallies.filter(([, statuses]) => (statuses[0] ?? 500) >= 400);
    expect(undone.filter(([name]) => !SELDOM_DONE.has(name))).toEqual([]);
    const taking = tallies.filter(([name]) => name.includes('/api/'));
    expect(taking.filter(([, statuses]) => (statuses.at(-1) ?? 0) < 400)).toEqual([]);
  });

  it('leaves books that agree', async () => {
    const { body } = await app.as('FINANCE').get('/ledger/verify');
    expect(body).toMatchObject({ ok: true, differences: [] });
  });
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
}

function expectDocumented(operation: DocumentedOperation, request: FuzzedRequest, answer: Answer): void {
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400) expectDocumentedRefusal(operation, answer);
  else expectDocumentedSuccess(operation, request, answer);
}

/** A documented status, with a code that belongs to it; what any route may answer needs no line at each. */
function expectDocumentedRefusal(operation: DocumentedOperation, answer: Answer): void {
  const { code } = answer.body as Problem;
  expectRefusal(answer, answer.status, code);
  expect(STATUS_OF_KIND[ERROR_CODES[code as ErrorCode]]).toBe(answer.status);
  const documented = operation.responses[String(answer.status)]?.description.split(', ') ?? [];
  expect([...documented, ...OF_ANY_ROUTE]).toContain(code);
}

/** Of the documented shape, and never in answer to what the document does not allow. */
function expectDocumentedSuccess(
  operation: DocumentedOperation,
  request: FuzzedRequest,
  answer: Answer,
): void {
  const { content } = operation.responses[String(answer.status)] ?? {};
  const type = String(answer.headers['content-type']).split(';')[0] ?? '';
  const schema = content?.[type]?.schema;
  if (answer.status !== 304) expect({ type, schema }).toEqual({ type, schema: expect.anything() });
  if (schema && type === 'application/json') expect(differences(document, schema, answer.body)).toEqual([]);
  expectAllowed(operation, request);
}

function expectAllowed(operation: DocumentedOperation, request: FuzzedRequest): void {
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  const sent = JSON.parse(JSON.stringify(request.body ?? {})) as unknown;
  if (schema) expect(differences(document, schema, sent)).toEqual([]);
  const declared = new Set((operation.parameters ?? []).map(({ name }) => name));
  expect(Object.keys(request.queryValues).filter((name) => !declared.has(name))).toEqual([]);
}
