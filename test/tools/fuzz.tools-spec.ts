import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { SYSTEM_ACTOR } from '../../src/kernel/access/actor.js';
import { permissionsOf, UserCreationService } from '../../src/modules/users/index.js';
import type { Role } from '../../src/modules/users/index.js';
import type { Problem } from '../../src/platform/http/errors/problem.js';
import type { WireRequest } from '../support/hostile-arbitraries.js';
import { hostile } from '../support/hostile-arbitraries.js';
import { knownValuesOf } from '../support/known-values.js';
import type { DocumentedOperation } from '../support/openapi-document.js';
import { builtDocument, differences } from '../support/openapi-document.js';
import { expectProblem } from '../support/problem.js';
import type { KnownValues } from '../support/request-arbitraries.js';
import { requestsTo } from '../support/request-arbitraries.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp, TEST_PASSWORD } from '../support/test-app.js';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 20_000);
/** The same requests in every run, so that a failure is caused by a change. Use other seeds manually. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const ROLES: readonly Role[] = ['FINANCE', 'MANAGER', 'ADMIN'];
/** Long enough for a busy machine */
const TIMEOUT_MS = 120_000 + 100 * REQUESTS;
/** Access tokens expire after 15 minutes, and a request with an expired token tests nothing. */
const OPERATIONS_PER_TOKEN = 8;
/** Requests to these may end the session of their user. */
const ENDS_SESSIONS = /^\/api\/v1\/(auth|users)/;

type Caller = Role | 'none';

const document = builtDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const runs = Math.ceil(REQUESTS / operations.length);

let app: TestApp;
let known: KnownValues;
let users = 0;
let sent = 0;
const tokens = new Map<Caller, string>();

beforeAll(async () => {
  const user = { email: 'clerk@tests.example', password: TEST_PASSWORD };
  app = await startTestApp({ env: { LOAN_APPROVAL_REQUIRED: 'true' } });
  await app.get(UserCreationService).register(SYSTEM_ACTOR, { ...user, name: 'C', roles: ['FINANCE'] });
  known = await knownValuesOf(app, user);
});

afterAll(() => app.close());

async function signIn(role: Role): Promise<string> {
  users += 1;
  const account = { email: `hostile.${users}@tests.example`, password: TEST_PASSWORD };
  await app.get(UserCreationService).register(SYSTEM_ACTOR, { ...account, name: 'H', roles: [role] });
  const { body } = await app.anonymous.post<{ access_token: string }>('/auth/login', account);
  return body.access_token;
}

async function renewTokens(): Promise<void> {
  for (const role of ROLES) tokens.set(role, await signIn(role));
}

function mayCall(caller: Caller, { security, 'x-permissions': needed = [] }: DocumentedOperation): boolean {
  if (security?.length === 0) return true;
  if (caller === 'none') return false;
  const held = permissionsOf([caller]) as ReadonlySet<string>;
  return needed.every((permission) => held.has(permission));
}

type Answer = Awaited<ReturnType<TestApp['app']['inject']>>;

async function expectDocumentedAnswer(operation: DocumentedOperation, answer: Answer): Promise<void> {
  const { statusCode: status, headers } = answer;
  if (status === 304) return;
  if (status >= 400) {
    const problem = answer.json<Problem>();
    expectProblem({ status, headers, body: problem }, status, problem.code);
    if (status >= 500) expect(problem.code).toBe('HEAVY_REQUESTS_BUSY');
    return;
  }
  const type = String(headers['content-type']).split(';')[0] ?? '';
  const schema = operation.responses[String(status)]?.content?.[type]?.schema;
  if (status !== 204) expect({ status, type, schema }).toEqual({ status, type, schema: expect.anything() });
  if (schema) expect(await errorsOf(type, answer, schema)).toEqual([]);
}

async function errorsOf(
  type: string,
  answer: Answer,
  schema: Parameters<typeof differences>[1],
): Promise<string[]> {
  if (type === 'application/json') return differences(document, schema, answer.json<unknown>());
  if (type === 'text/csv') parse(answer.rawPayload, { bom: true, columns: true });
  if (type.endsWith('spreadsheetml.sheet')) {
    await new ExcelJS.Workbook().xlsx.load(answer.rawPayload as unknown as ExcelJS.Buffer);
  }
  const isWhole = /^%PDF-1[^]*%%EOF\s*$/.test(answer.rawPayload.toString('latin1'));
  return type === 'application/pdf' && !isWhole ? ['the PDF file is incomplete'] : [];
}

describe(`hostile requests (FUZZ_SEED=${SEED}, FUZZ_REQUESTS=${REQUESTS})`, () => {
  it(
    'get a documented response from every operation, for every role, without an internal error',
    async () => {
      const failures: string[] = [];
      for (const [index, { path, method, operation }] of operations.entries()) {
        if (index % OPERATIONS_PER_TOKEN === 0 || ENDS_SESSIONS.test(path)) await renewTokens();
        const plain = requestsTo(document, path, operation, known);
        const requests: fc.Arbitrary<WireRequest> = fc.oneof(
          plain.map(({ payload, ...request }) => ({
            ...request,
            payload: payload === undefined ? undefined : Buffer.from(payload),
          })),
          plain.chain(hostile),
        );
        const callers = fc.constantFrom<Caller>(...ROLES, 'none');
        const property = fc.asyncProperty(requests, callers, async (request, caller) => {
          const token = tokens.get(caller);
          const answer = await app.app.inject({
            method: method as 'GET',
            url: request.url,
            headers: { ...request.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
            ...(request.payload === undefined ? {} : { payload: request.payload }),
          });
          sent += 1;
          await expectDocumentedAnswer(operation, answer);
          if (!mayCall(caller, operation)) expect(answer.statusCode).toBeGreaterThanOrEqual(400);
        });
        await fc
          .assert(property, { numRuns: runs, seed: SEED, endOnFailure: true })
          .catch((error: unknown) => failures.push(`${method} ${path}: ${String(error).slice(0, 3_000)}`));
        if (ENDS_SESSIONS.test(path)) await renewTokens();
      }
      expect(failures).toEqual([]);
      expect(sent).toBeGreaterThanOrEqual(REQUESTS);
    },
    TIMEOUT_MS,
  );

  it('leave a ledger that passes its verification', async () => {
    const headers = { authorization: `Bearer ${await signIn('ADMIN')}` };
    const answer = await app.app.inject({ url: '/api/v1/ledger/verify', headers });
    expect(answer.json()).toMatchObject({ ok: true, differences: [] });
  });
});
