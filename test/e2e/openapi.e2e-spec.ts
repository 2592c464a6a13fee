import { PERMISSIONS } from '../../src/kernel/access/permission.js';
import { ERROR_CODES } from '../../src/kernel/errors/error-codes.js';
import type { ErrorCode } from '../../src/kernel/errors/error-codes.js';
import { STATUS_OF_KIND } from '../../src/platform/http/problem.js';
import { aDriver, aLease, aLoan, makeDraft } from '../support/factories.js';
import { builtDocument, differences, resolve } from '../support/openapi-document.js';
import type { DocumentedOperation, OpenApiDocument, Schema } from '../support/openapi-document.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp, TEST_PASSWORD } from '../support/test-app.js';

const PASSPHRASE = 'purple taxis sing at dawn';
const PROBLEM = '#/components/schemas/Problem';

let document: OpenApiDocument;
/** Keyed by method and path, such as 'GET /api/v1/loans' */
let operations: Map<string, DocumentedOperation>;

beforeAll(() => {
  document = builtDocument();
  operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
});

/** The names of the operations that match, so that a failure lists them. */
const matching = (matches: (operation: DocumentedOperation, name: string) => boolean): string[] =>
  [...operations].filter(([name, operation]) => matches(operation, name)).map(([name]) => name);

const ours = (name: string): boolean => name.includes(' /api/v1/');

describe('an operation of the API document', () => {
  it('describes body defaults in text, because generated clients would require fields with the default keyword', () => {
    const fieldsOf = ({ requestBody }: DocumentedOperation): Schema[] => {
      const schema = requestBody?.content?.['application/json']?.schema ?? {};
      return Object.values(resolve(document, schema).properties ?? {});
    };
    expect(matching((operation) => fieldsOf(operation).some((field) => field.default !== undefined))).toEqual(
      [],
    );
    const { session } = document.components.schemas['LoginDto']?.properties ?? {};
    expect(session?.description).toMatch(/^Default: "body"\. body: /);
  });

  it('has a one-sentence summary, one tag and a unique id', () => {
    expect(operations.size).toBeGreaterThan(25);
    expect(matching(({ summary, tags }) => !summary || summary.length > 80 || tags?.length !== 1)).toEqual(
      [],
    );
    expect(new Set([...operations.values()].map(({ operationId }) => operationId)).size).toBe(
      operations.size,
    );
  });

  it('is public only if this test lists it', () => {
    expect(matching(({ security }) => security?.length === 0)).toEqual([
      'GET /health/live',
      'GET /health/ready',
      'POST /api/v1/auth/login',
      'POST /api/v1/auth/refresh',
      'POST /api/v1/auth/logout',
    ]);
  });

  it('names its required permissions and the responses without them', () => {
    const isSilent = ({ security, responses, ...operation }: DocumentedOperation): boolean => {
      if (security?.length === 0) return false;
      const permissions = operation['x-permissions'] ?? [];
      const isKnown = permissions.every((it) => (PERMISSIONS as readonly string[]).includes(it));
      const isNamed = permissions.every((it) => responses['403']?.description.includes(it));
      return !isKnown || !isNamed || !responses['401'];
    };
    expect(matching(isSilent)).toEqual([]);
    const withoutPermission = ({ security, ...operation }: DocumentedOperation): boolean =>
      security?.length !== 0 && operation['x-permissions'] === undefined;
    expect(matching(withoutPermission)).toEqual([
      'POST /api/v1/auth/logout-everywhere',
      'POST /api/v1/auth/password',
      'GET /api/v1/auth/me',
    ]);
  });

  it('has one kind of success response with a described schema', () => {
    const isFile = ({ content }: DocumentedOperation['responses'][string]): boolean =>
      content?.['application/pdf']?.schema.format === 'binary';
    const isShape = ({ content }: DocumentedOperation['responses'][string]): boolean =>
      Object.keys(resolve(document, content?.['application/json']?.schema ?? {}).properties ?? {}).length > 0;
    const isVague = ({ responses }: DocumentedOperation): boolean => {
      const good = Object.keys(responses).filter((status) => status.startsWith('2'));
      const shapes = new Set(good.map((status) => JSON.stringify(responses[status]?.content)));
      const success = responses[good[0] ?? ''];
      return shapes.size !== 1 || !success || !(isFile(success) || isShape(success));
    };
    expect(matching(isVague)).toEqual([]);
  });

  it('answers every error as a problem document, and lists the codes under their status', () => {
    const isWrong = ({ responses }: DocumentedOperation, name: string): boolean =>
      ours(name) &&
      Object.entries(responses)
        .filter(([status]) => !status.startsWith('2') && status !== '304')
        .some(([status, { description, content }]) => {
          const codes = description.split(', ').filter((word): word is ErrorCode => word in ERROR_CODES);
          const isElsewhere = codes.some((code) => String(STATUS_OF_KIND[ERROR_CODES[code]]) !== status);
          const hasNone = codes.length === 0 && !['401', '403', 'default'].includes(status);
          return isElsewhere || hasNone || content?.['application/problem+json']?.schema.$ref !== PROBLEM;
        });
    expect(matching(isWrong)).toEqual([]);
    const forgets = ({ responses, parameters = [], requestBody }: DocumentedOperation): boolean =>
      !responses.default || ((parameters.length > 0 || requestBody !== undefined) && !responses['400']);
    expect(matching(forgets)).toEqual([]);
  });

  it('declares each parameter once with its type, and all parameters of its path', () => {
    const isWrong = ({ parameters = [] }: DocumentedOperation, name: string): boolean => {
      const names = parameters.map((parameter) => parameter.name);
      const inPath = parameters.filter((parameter) => parameter.in === 'path' && parameter.required);
      return (
        new Set(names).size !== names.length ||
        parameters.some(({ schema }) => !schema.type) ||
        inPath.map((parameter) => `{${parameter.name}}`).join() !== (name.match(/\{\w+\}/g) ?? []).join()
      );
    };
    expect(matching(isWrong)).toEqual([]);
  });

  it('answers lists page by page', () => {
    const lists = [...operations].filter(([, { responses }]) =>
      responses['200']?.content?.['application/json']?.schema.$ref?.endsWith('Page'),
    );
    expect(lists.length).toBeGreaterThan(6);
    for (const [name, { parameters = [], responses }] of lists) {
      const page = resolve(document, responses['200']?.content?.['application/json']?.schema ?? {});
      expect([name, page.required]).toEqual([name, ['items', 'total', 'page', 'page_size', 'total_pages']]);
      expect(parameters.map((parameter) => parameter.name)).toEqual(
        expect.arrayContaining(['page', 'page_size', 'sort_order']),
      );
    }
  });
});

describe('a schema of the API document', () => {
  const shapes = (): [string, Schema][] => Object.entries(document.components.schemas);
  const properties = (): [string, Schema][] =>
    shapes().flatMap(([name, { properties: own = {} }]) =>
      Object.entries(own).map(([field, schema]): [string, Schema] => [`${name}.${field}`, schema]),
    );
  const matchingProperties = (matches: (schema: Schema, name: string) => boolean): string[] =>
    properties()
      .filter(([name, schema]) => matches(schema, name))
      .map(([name]) => name);

  it('has typed fields in snake_case', () => {
    expect(shapes().filter(([, shape]) => shape.type !== 'object' || !shape.properties)).toEqual([]);
    expect(matchingProperties(({ type, $ref, oneOf, allOf }) => !type && !$ref && !oneOf && !allOf)).toEqual(
      [],
    );
    expect(matchingProperties(({ type, items }) => type === 'array' && !items?.type && !items?.$ref)).toEqual(
      [],
    );
    expect(matchingProperties((_, name) => !/\.[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  });

  it('is used and exists', () => {
    const used = new Set(JSON.stringify(document).match(/(?<="#\/components\/schemas\/)\w+/g));
    expect([...used].toSorted()).toEqual(
      shapes()
        .map(([name]) => name)
        .toSorted(),
    );
  });

  it('has amounts and rates as decimals: strings with two decimals in responses, strings or numbers in requests', () => {
    const isMoney =
      /\.(\w*amount\w*|\w*_paid|outstanding_\w+|total_(due|interest|payable|payment|allocated|outstanding)|payment_applied|principal|weekly_principal|remaining_unallocated|total_interest_collected|\w+_rate)$/;
    const amounts = properties().filter(([name]) => isMoney.test(name));
    expect(amounts.length).toBeGreaterThan(40);
    const inRequests = amounts.filter(([name]) => /Dto\./.test(name));
    expect(inRequests.map(([, { oneOf }]) => oneOf?.map(({ type }) => type))).toEqual(
      inRequests.map(() => ['string', 'number']),
    );
    const inAnswers = amounts.filter(([name]) => !/Dto\./.test(name));
    expect(inAnswers.filter(([, { pattern }]) => !pattern?.endsWith('\\.\\d{2}$'))).toEqual([]);
  });

  it('allows negative decimals only if this test lists them', () => {
    const decimals = properties()
      .flatMap(([name, { oneOf = [], ...schema }]) => [schema, ...oneOf].map((kind) => ({ name, ...kind })))
      .filter(({ format }) => format === 'decimal');
    expect(decimals.length).toBeGreaterThan(40);
    const isSigned = ({ pattern }: Schema): boolean => !pattern?.startsWith('^\\d');
    expect(decimals.filter(isSigned).map(({ name }) => name)).toEqual([
      'VoidedPartResponse.amount',
      'StatementRowResponse.adjustment',
      'StatementAmountsResponse.adjustment',
      'StatementResponse.recovered',
      'StatementLineResponse.adjustment',
      'LoanTransactionItem.amount',
      'LoanTransactionItem.recovered',
    ]);
  });

  it('has dates and instants with their formats', () => {
    const isDay =
      /\.(\w+_date|start_week|end_week|resume_week|week_start|week_end|\w*period_(start|end|from|to)|due_(from|to)|received_on)$/;
    expect(matchingProperties(({ format }, name) => isDay.test(name) && format !== 'date')).toEqual([]);
    const isInstant = /\.(?!received_on)\w+_(on|at)$/;
    expect(matchingProperties(({ format }, name) => isInstant.test(name) && format !== 'date-time')).toEqual(
      [],
    );
  });

  it('has valid examples', () => {
    const withExample = properties().filter(([, { example }]) => example !== undefined);
    expect(withExample.length).toBeGreaterThan(50);
    const wrong = withExample.flatMap(([name, schema]) =>
      differences(document, schema, schema.example, name),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a loan preview', 'PreviewLoanDto', 'loan_amount start_week'],
    ['a new loan', 'CreateLoanDto', 'driver_id lease_id loan_amount start_week'],
    ['a loan edit', 'EditLoanDto', ''],
    ['a status change', 'ChangeLoanStatusDto', 'reason status'],
    ['a posting run', 'PostInstallmentsDto', ''],
    [
      'an obligation',
      'RecordObligationDto',
      'amount category driver_id lease_id payment_period_start reference_id reference_type',
    ],
    [
      'a payment',
      'PayByHierarchyDto',
      'amount driver_id lease_id payment_period_start source_id source_type',
    ],
  ])('requires only the necessary fields of %s', (_, name, fields) => {
    expect((document.components.schemas[name]?.required ?? []).toSorted().join(' ')).toBe(fields);
  });

  /** The field names that api.md defines. A schema can have more. */
  it.each([
    [
      'LoanDetailResponse',
      `id loan_id loan_number driver_id lease_id loan_amount interest_rate purpose notes loan_date start_week end_week
       status total_principal_paid total_interest_paid outstanding_balance total_interest total_payable next_due_date
       approved_by approved_on closed_on closure_reason created_by created_on updated_on driver lease
       total_installments paid_installments pending_installments installments`,
    ],
    ['NamedDriverResponse', 'id tlc_license_number first_name last_name'],
    ['LoanLeaseResponse', 'id lease_number medallion_number vehicle_plate'],
    [
      'InstallmentResponse',
      `id installment_id loan_id installment_number due_date week_start week_end principal_amount interest_amount
       total_due principal_paid interest_paid outstanding_balance status ledger_balance_id posted_to_ledger posted_on
       posted_by interest_basis`,
    ],
    ['InterestBasisResponse', 'principal annual_rate days'],
    [
      'LoanPreviewResponse',
      `loan_amount interest_rate loan_date start_week end_week weekly_principal total_interest total_payable
       installments`,
    ],
    [
      'PostingResultResponse',
      `run_id success message dry_run period_start period_end installments_processed installments_posted
       total_amount_posted errors`,
    ],
    ['InstallmentErrorResponse', 'installment_id code message'],
    [
      'PostingResponse',
      `posting_id driver_id lease_id vehicle_id medallion_id posting_type category amount source_type source_id
       payment_period_start payment_period_end status posted_at posted_by voided_by_posting_id reverses_posting_id
       voided_at void_reason description notes`,
    ],
    [
      'BalanceDetailResponse',
      `balance_id posting_id driver_id lease_id category reference_type reference_id original_amount payment_applied
       outstanding_balance payment_period_start payment_period_end due_date status description allocations`,
    ],
    ['AllocationResponse', 'allocation_id payment_posting_id amount_allocated allocation_type allocated_at'],
    ['ObligationResponse', 'dry_run posting balance'],
    ['PaymentResponse', 'dry_run posting total_payment total_allocated remaining_unallocated allocations'],
    [
      'PaymentAllocationResponse',
      'allocation_id balance_id category reference_id due_date amount_allocated outstanding_after',
    ],
    ['DriverResponse', 'id tlc_license_number first_name last_name phone email status'],
    [
      'LeaseResponse',
      `id lease_number driver_id medallion_id medallion_number vehicle_id vehicle_plate start_date end_date status
       driver`,
    ],
    ['UserNameResponse', 'id name'],
    ['Problem', 'type title status detail code request_id'],
  ])('always has the fields of the specification: %s', (name, fields) => {
    expect(document.components.schemas[name]?.required).toEqual(expect.arrayContaining(fields.split(/\s+/)));
  });
});

describe('the running service', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ now: '2025-10-29T09:00:00-04:00' });
  });
  afterAll(() => app.close());

  it('answers every operation as documented, field by field', async () => {
    const called = new Set<string>();
    const admin = app.as('ADMIN');
    const ask = async (
      name: string,
      path: string,
      body?: object | string,
    ): Promise<Record<string, unknown>> => {
      const method = name.split(' ')[0]?.toLowerCase() as 'post';
      const answer = await admin[method]<Record<string, unknown>>(path, body);
      const documented = operations.get(name.replace(' ', ' /api/v1'))?.responses[String(answer.status)];
      const schema = documented?.content?.['application/json']?.schema;
      if (!schema) throw new Error(`${name} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      expect([name, differences(document, schema, answer.body)]).toEqual([name, []]);
      called.add(name.replace(' ', ' /api/v1'));
      return answer.body;
    };

    const driver = await aDriver(app);
    const lease = await aLease(app, { driver_id: driver.id });
    const borrower = { driver_id: driver.id, lease_id: lease.id };
    const terms = { loan_amount: 1500, interest_rate: '10.00', start_week: '2025-10-26' };
    const source = {
      payment_period_start: '2025-10-26',
      source_type: 'WEEKLY_EARNINGS',
      source_id: 'EARN-1',
    };
    const debt = {
      category: 'TLC',
      reference_type: 'FINE',
      reference_id: 'FINE-1',
      description: 'Red light',
    };

    await ask('GET /auth/me', '/auth/me');
    const person = { tlc_license_number: 'NEW-1', first_name: 'Amar', last_name: 'Singh' };
    const { id: newDriver } = await ask('POST /drivers', '/drivers', person);
    const list = 'tlc_license_number,first_name,last_name\nNEW-2,Amar,Singh\nNEW 3,Amar,\n';
    await ask('POST /drivers/import', '/drivers/import', list);
    await ask('PATCH /drivers/{driver_id}', `/drivers/${String(newDriver)}`, { phone: '+1 212 555 0142' });
    await ask('GET /drivers/{driver_id}', `/drivers/${driver.id}`);
    await ask('GET /drivers', '/drivers');
    await ask('GET /audit', '/audit');
    const cab = { medallion_number: '1A23', vehicle_plate: 'T123456C' };
    const newLease = { lease_number: 'L-NEW', driver_id: newDriver, start_date: '2025-10-01', ...cab };
    const { id: leaseId } = await ask('POST /leases', '/leases', newLease);
    const cabs = 'lease_number,tlc_license_number,medallion_number,vehicle_plate,start_date\n';
    await ask('POST /leases/import', '/leases/import', `${cabs}L-FILE,NEW-2,1B23,T1C,11/2/2025\n`);
    await ask('PATCH /leases/{lease_id}', `/leases/${String(leaseId)}`, { end_date: '2026-10-01' });
    await ask('GET /leases/{lease_id}', `/leases/${lease.id}`);
    await ask('GET /leases', '/leases');

    const clerk = {
      email: 'clerk@example.com',
      name: 'Maria Ruiz',
      roles: ['FINANCE'],
      password: PASSPHRASE,
    };
    const user = `/users/${String((await ask('POST /users', '/users', clerk))['id'])}`;
    await ask('GET /users', '/users');
    await ask('GET /users/names', '/users/names?ids=1,2');
    await ask('GET /users/{user_id}', user);
    await ask('PATCH /users/{user_id}', user, { name: 'Maria Ruiz y Soto' });
    await ask('POST /users/{user_id}/unlock', `${user}/unlock`);
    await ask('POST /users/{user_id}/logout', `${user}/logout`);
    await ask('POST /users/{user_id}/password', `${user}/password`, { password: `${PASSPHRASE}!` });
    const credentials = { email: clerk.email, password: `${PASSPHRASE}!` };
    const { refresh_token } = await ask('POST /auth/login', '/auth/login', credentials);
    const renewed = await ask('POST /auth/refresh', '/auth/refresh', { refresh_token });
    await ask('POST /auth/logout', '/auth/logout', { refresh_token: renewed['refresh_token'] });

    await ask('POST /loans/preview', '/loans/preview', terms);
    await ask('GET /loans/terms', '/loans/terms');
    const { loan_id } = await ask('POST /loans', '/loans', { ...borrower, ...terms });
    const loan = `/loans/${String(loan_id)}`;
    const { run_id } = await ask('POST /loans/installments/post', '/loans/installments/post', {});
    const fine = { ...borrower, ...debt, amount: '5.00', payment_period_start: '2025-10-26' };
    const { posting, balance } = await ask('POST /ledger/obligations', '/ledger/obligations', fine);
    await ask('POST /ledger/payments', '/ledger/payments', { ...borrower, ...source, amount: '100.00' });
    await ask('PATCH /loans/{loan_id}', loan, { notes: 'Paid at the desk' });
    await ask('PUT /loans/{loan_id}/status', `${loan}/status`, { status: 'ON_HOLD', reason: 'Leave' });
    await ask('GET /loans/{loan_id}', loan);
    const season = 'reference,tlc_license_number,lease_number,loan_amount,start_week\n';
    const opening = `S-1,${driver.tlc_license_number},${lease.lease_number},500.00,2025-11-02\n`;
    await ask('POST /loans/import', '/loans/import', season + opening);
    await ask('GET /loans', '/loans');
    await ask('GET /loans/statistics/summary', '/loans/statistics/summary');
    await ask('GET /loans/installments', '/loans/installments');
    await ask('GET /loans/installments/unposted', '/loans/installments/unposted');
    await ask('GET /loans/posting-timetable', '/loans/posting-timetable');
    await ask('GET /loans/posting-runs', '/loans/posting-runs');
    await ask('GET /loans/posting-runs/{run_id}', `/loans/posting-runs/${String(run_id)}`);
    const { posting_id } = posting as { posting_id: string };
    const { balance_id } = balance as { balance_id: string };
    await ask('GET /ledger/postings', '/ledger/postings');
    await ask('GET /ledger/postings/{posting_id}', `/ledger/postings/${posting_id}`);
    await ask('GET /ledger/balances', '/ledger/balances');
    await ask('GET /ledger/balances/{balance_id}', `/ledger/balances/${balance_id}`);
    const owner = `/ledger/balances/driver/${driver.id}/lease/${lease.id}`;
    await ask('GET /ledger/balances/driver/{driver_id}/lease/{lease_id}', owner);
    await ask('GET /ledger/verify', '/ledger/verify');
    const week = `driver_id=${driver.id}&lease_id=${lease.id}&period_start=2025-10-26`;
    await ask('GET /ledger/statements', `/ledger/statements?${week}`);
    const groups = 'group_by=day,method,posted_by,category';
    await ask('GET /ledger/reports/receipts', `/ledger/reports/receipts?from=2025-10-01&${groups}`);

    const toll = { ...fine, category: 'EZPASS', reference_id: 'TOLL-1', amount: '40.00' };
    const owed = await ask('POST /ledger/obligations', '/ledger/obligations', toll);
    const disputed = `/ledger/balances/${(owed['balance'] as { balance_id: string }).balance_id}`;
    const reason = { reason: 'Not my plate' };
    await ask('POST /ledger/balances/{balance_id}/dispute', `${disputed}/dispute`, reason);
    await ask('POST /ledger/balances/{balance_id}/resolve', `${disputed}/resolve`, reason);
    const named = [{ balance_id: disputed.split('/').at(-1), amount: '10.00' }];
    const cash = { ...source, source_id: 'CASH-1', amount: '10.00', allocations: named };
    const paid = await ask('POST /ledger/payments/targeted', '/ledger/payments/targeted', {
      ...borrower,
      ...cash,
    });
    const paidBy = (paid['posting'] as { posting_id: string }).posting_id;
    await ask('POST /ledger/postings/{posting_id}/void', `/ledger/postings/${paidBy}/void`, reason);
    const ahead = { ...borrower, ...source, source_id: 'EARN-2', amount: '5000.00' };
    await ask('POST /ledger/payments', '/ledger/payments', ahead);
    await ask('GET /ledger/credits', '/ledger/credits');
    const { driver_id } = borrower;
    await ask('POST /ledger/credits/apply', '/ledger/credits/apply', { driver_id });
    const refund = {
      driver_id,
      amount: '4000.00',
      method: 'CHECK',
      reference: 'CHECK-1',
      reason: 'Paid twice',
    };
    await ask('POST /ledger/refunds', '/ledger/refunds', refund);

    await ask('GET /loans/reports/aging', '/loans/reports/aging');
    await ask('GET /loans/reports/collections', '/loans/reports/collections');
    await ask('GET /loans/reports/forecast', '/loans/reports/forecast');
    await ask('GET /loans/{loan_id}/history', `${loan}/history`);
    await ask('GET /loans/{loan_id}/transactions', `${loan}/transactions`);
    const agreement = await admin.get(`${loan}/agreement.pdf`);
    expect([agreement.status, agreement.headers['content-type']]).toEqual([200, 'application/pdf']);
    called.add('GET /api/v1/loans/{loan_id}/agreement.pdf');
    await ask('GET /loans/{loan_id}/payoff', `${loan}/payoff`);
    await ask('POST /loans/{loan_id}/payoff', `${loan}/payoff`, {});
    const mistaken = `/loans/${(await aLoan(app)).loan_id}/payoff`;
    expect((await admin.post(mistaken, {})).status).toBe(200);
    await ask('POST /loans/{loan_id}/payoff/undo', `${mistaken}/undo`, reason);
    await ask('POST /loans/{loan_id}/write-off', `${loan}/write-off`, { reason: 'Left the city' });
    const receipt = { amount: '1.00', source_id: 'DOC-RECOVERY' };
    await ask('POST /loans/{loan_id}/recoveries', `${loan}/recoveries`, receipt);
    const draft = await ask('POST /loans', '/loans', { ...borrower, ...terms });
    const waiting = `/loans/${String(draft['loan_id'])}`;
    await makeDraft(app, String(draft['loan_id']));
    await ask('POST /loans/{loan_id}/approve', `${waiting}/approve`, {});

    for (const list of ['loans', 'loans/installments', 'loans/reports/aging']) {
      await ask(`GET /${list}/export/{format}`, `/${list}/export/json`);
    }
    for (const list of ['postings', 'balances', 'statements?period_start=2025-10-26', 'reports/receipts']) {
      const [name = list, query = ''] = list.split('?');
      await ask(`GET /ledger/${name}/export/{format}`, `/ledger/${name}/export/json?${query}`);
    }

    const own = { current_password: TEST_PASSWORD, new_password: PASSPHRASE };
    await ask('POST /auth/password', '/auth/password', own);
    await ask('POST /auth/logout-everywhere', '/auth/logout-everywhere');

    // a new operation needs a call above
    const uncalled = [...operations.keys()].filter((name) => ours(name) && !called.has(name));
    expect(uncalled).toEqual([]);
  });
});
