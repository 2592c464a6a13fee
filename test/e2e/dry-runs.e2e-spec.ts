import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { aLoan } from '../support/factories.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { LedgerClient } from '../support/ledger-client.js';
import { builtDocument, resolve } from '../support/openapi-document.js';
import { dumpTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { WRITE_EXAMPLES } from '../support/write-examples.js';

/** Every write that moves money or changes what money can pay. */
const ROUTES = [
  'POST ledger/balances/:balance_id/dispute',
  'POST ledger/balances/:balance_id/resolve',
  'POST ledger/credits/apply',
  'POST ledger/obligations',
  'POST ledger/payments',
  'POST ledger/payments/targeted',
  'POST ledger/postings/:posting_id/void',
  'POST ledger/refunds',
  'POST ledger/settlement-runs',
  'POST ledger/settlement-runs/:run_id/void',
  'POST loans/:loan_id/approve',
  'POST loans/:loan_id/payoff',
  'POST loans/:loan_id/payoff/undo',
  'POST loans/:loan_id/recoveries',
  'POST loans/:loan_id/write-off',
  'POST loans/installments/post',
  'PUT loans/:loan_id/status',
];

/** Every run is recorded, dry or not. */
const OF_RUNS = ['posting_runs', 'posting_runs_id_seq'];
/** A recorded run is also sealed. */
const OF_SEALED_RUNS = [
  ...OF_RUNS,
  ...['sealed_states', 'sealed_states_id_seq', 'ledger_seals', 'ledger_seals_id_seq'],
];

/** A number that a dry run gave to a row and then rolled back. */
const DRY_RUN_NUMBER = /\d{16}/;

let app: TestApp;
let admin: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  admin = app.as('ADMIN');
  await admin.get('/auth/me');
});

afterAll(() => app.close());

/** All rows of all tables, and the positions of all sequences except the one that numbers dry runs. */
async function wholeDatabase(except: readonly string[]): Promise<object> {
  const names = async (sql: string): Promise<string[]> =>
    (await app.db.query<{ name: string }[]>(sql))
      .map(({ name }) => name)
      .filter((name) => !except.includes(name));
  const tables = await names(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const sequences = await names(
    `SELECT sequencename AS name FROM pg_sequences WHERE sequencename <> 'dry_run_number' ORDER BY 1`,
  );
  const positions = sequences.map(
    (name) => `SELECT '${name}' AS sequence, last_value, is_called FROM ${name}`,
  );
  return {
    rows: await dumpTables(app.db, tables),
    positions: await app.db.query(positions.join(' UNION ALL ')),
  };
}

async function expectNothingWritten<T>(work: () => Promise<T>, except = OF_RUNS): Promise<T> {
  const before = await wholeDatabase(except);
  const answer = await work();
  expect(await wholeDatabase(except)).toEqual(before);
  return answer;
}

const post = <T = Record<string, unknown>>(path: string, body: object): Promise<ApiAnswer<T>> =>
  expectNothingWritten(() => admin.post<T>(path, { ...body, dry_run: true }));

describe('a write that moves money', () => {
  it('accepts dry_run, and no other route does', () => {
    const document = builtDocument();
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { requestBody }]) => {
          const body = requestBody?.content?.['application/json']?.schema ?? {};
          return resolve(document, body).properties?.['dry_run'] !== undefined;
        })
        .map(
          ([method]) =>
            `${method.toUpperCase()} ${path.replace('/api/v1/', '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
        ),
    );
    expect(routes.sort()).toEqual(ROUTES);
  });

  it.each(ROUTES)(
    'writes nothing and uses no number in a dry run, and marks the response: %s',
    async (name) => {
      const { path, body, status } = await WRITE_EXAMPLES[name]!(app);
      const method = name.startsWith('PUT') ? 'put' : 'post';
      const send = (dry_run: boolean) =>
        admin[method]<{ dry_run: boolean }>(path, { ...(body as object), dry_run });
      const except = name === 'POST loans/installments/post' ? OF_SEALED_RUNS : OF_RUNS;
      const dry = await expectNothingWritten(() => send(true), except);
      expect(dry).toMatchObject({ status: 200, body: { dry_run: true } });
      expect(dry.headers['etag']).toBeUndefined();
      expect(JSON.stringify(dry.body)).not.toMatch(DRY_RUN_NUMBER);
      const real = await send(false);
      expect(real).toMatchObject({ status, body: { dry_run: false } });
      expect(JSON.stringify(real.body)).not.toMatch(DRY_RUN_NUMBER);
    },
  );
});

describe('the response of a dry run', () => {
  let ledger: LedgerClient;
  let account: BorrowerRef & { readonly loan_id: string };

  beforeEach(async () => {
    ledger = new LedgerClient(app);
    account = await aLoan(app, { loan_amount: '500.00', start_week: '2025-11-02' });
  });

  const payment = (more: object) => ({
    driver_id: account.driver_id,
    lease_id: account.lease_id,
    payment_period_start: '2025-10-26',
    source_type: 'CASH',
    source_id: `DRY-${account.loan_id}`,
    ...more,
  });

  it('has null for ids that do not exist: of an obligation', async () => {
    const { source_type, source_id, ...week } = payment({ category: 'PVB', amount: '65.00' });
    const body = { ...week, reference_type: source_type, reference_id: source_id };
    expect((await post('/ledger/obligations', body)).body).toMatchObject({
      posting: { posting_id: null, amount: '65.00', source_id },
      balance: { balance_id: null, posting_id: null, outstanding_balance: '65.00' },
    });
  });

  it('has null for ids that do not exist: of a payment', async () => {
    const { balance_id } = await ledger.owe(account, { payment_period_start: '2025-10-26' });
    const allocation = { allocation_id: null, payment_posting_id: null, balance_id };
    expect((await post('/ledger/payments', payment({ amount: '30.00' }))).body).toMatchObject({
      posting: { posting_id: null },
      allocations: [{ ...allocation, amount_allocated: '30.00' }],
    });
    const allocations = [{ balance_id, amount: '20.00' }];
    expect(
      (await post('/ledger/payments/targeted', payment({ amount: '20.00', allocations }))).body,
    ).toMatchObject({ posting: { posting_id: null }, allocations: [allocation] });
  });

  it('has null for ids that do not exist: of a void', async () => {
    const { posting_id, balance_id } = await ledger.owe(account, { payment_period_start: '2025-10-26' });
    expect((await post(`/ledger/postings/${posting_id}/void`, { reason: 'Twice' })).body).toMatchObject({
      posting: { posting_id, status: 'VOIDED', voided_by_posting_id: null },
      reversal: { posting_id: null, reverses_posting_id: posting_id, source_id: posting_id },
      balances: [{ balance_id, status_after: 'VOIDED' }],
    });
  });

  it('has null for ids that do not exist: of a payoff, its installment and balance', async () => {
    const body = { payment: { amount: '500.00', source_type: 'CASH', source_id: `DRY-${account.loan_id}` } };
    const dry = await post<{ loan: { installments: object[] } }>(`/loans/${account.loan_id}/payoff`, body);
    expect(dry.body).toMatchObject({ payment_posting_id: null, loan: { loan_id: account.loan_id } });
    expect(dry.body.loan.installments.at(-1)).toMatchObject({
      id: null,
      installment_id: null,
      loan_id: account.loan_id,
      status: 'PAID',
      ledger_balance_id: null,
    });
    expect(dry.body.loan.installments[0]).toMatchObject({
      installment_id: `${account.loan_id}-INST-01`,
      status: 'SKIPPED',
    });
  });

  it('has null for ids that do not exist: of a write-off', async () => {
    const { loan_id } = account;
    await admin.post(`/loans/${loan_id}/payoff`, {});
    const written = await post(`/loans/${loan_id}/write-off`, { reason: 'Left the country' });
    expect(written.body).toMatchObject({ posting_id: null, amount_settled: '500.00', loan: { loan_id } });
  });

  it('leaves the next number to the next real write', async () => {
    const body = payment({ amount: '30.00' });
    const first = await admin.post<{ posting: { posting_id: string } }>('/ledger/payments', body);
    const second = { ...body, source_id: `${body.source_id}-2` };
    await post('/ledger/payments', second);
    const next = await admin.post<{ posting: { posting_id: string } }>('/ledger/payments', second);
    const numberOf = ({ body: { posting } }: typeof first): number => Number(posting.posting_id.slice(-6));
    expect(numberOf(next)).toBe(numberOf(first) + 1);
  });
});
