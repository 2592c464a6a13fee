import { aDriver, aLease, aLoan, makeDraft } from '../support/factories.js';
import { builtDocument, differences } from '../support/openapi-document.js';
import type { DocumentedOperation, OpenApiDocument } from '../support/openapi-document.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp, TEST_PASSWORD } from '../support/test-app.js';
import { documentedOperations } from './support/documented-operations.js';

const PASSPHRASE = 'purple taxis sing at dawn';

let document: OpenApiDocument;

let operations: Map<string, DocumentedOperation>;

const ours = (name: string): boolean => name.includes(' /api/v1/');

beforeAll(() => {
  document = builtDocument();
  operations = documentedOperations(document);
});

describe('the running service', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ now: '2025-10-29T09:00:00-04:00' });
  });
  afterAll(() => app.close());

  it('responds to every operation as documented, field by field', async () => {
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
    const askPdf = async (name: string, path: string): Promise<void> => {
      const { status, headers } = await admin.get(path);
      expect([name, status, headers['content-type']]).toEqual([name, 200, 'application/pdf']);
      called.add(name.replace(' ', ' /api/v1'));
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
    await ask('GET /drivers/{driver_id}/account', `/drivers/${driver.id}/account`);
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
    const charges = `tlc_license_number,category,amount,reference\n${driver.tlc_license_number},PVB,5.00,PVB-1\n`;
    await ask('POST /ledger/obligations/import', '/ledger/obligations/import', charges);
    await ask('POST /ledger/payments', '/ledger/payments', { ...borrower, ...source, amount: '100.00' });
    await ask('PATCH /loans/{loan_id}', loan, { notes: 'Paid at the desk' });
    await ask('PUT /loans/{loan_id}/status', `${loan}/status`, { status: 'ON_HOLD', reason: 'Leave' });
    await ask('GET /loans/{loan_id}', loan);
    const header = 'reference,tlc_license_number,lease_number,loan_amount,start_week\n';
    const opening = `S-1,${driver.tlc_license_number},${lease.lease_number},500.00,2025-11-02\n`;
    await ask('POST /loans/import', '/loans/import', header + opening);
    await ask('GET /loans', '/loans');
    await ask('GET /loans/statistics/summary', '/loans/statistics/summary');
    await ask('GET /loans/installments', '/loans/installments');
    await ask('GET /loans/installments/unposted', '/loans/installments/unposted');
    await ask('GET /loans/posting-timetable', '/loans/posting-timetable');
    await ask('GET /loans/posting-runs', '/loans/posting-runs');
    await ask('GET /loans/posting-runs/{run_id}', `/loans/posting-runs/${String(run_id)}`);
    const { posting_id } = posting as { posting_id: string };
    const { balance_id } = balance as { balance_id: string };
    await ask('GET /ledger/payments', '/ledger/payments');
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
    await ask('GET /ledger/payments/{posting_id}', `/ledger/payments/${paidBy}`);
    await askPdf('GET /ledger/payments/{posting_id}/receipt.pdf', `/ledger/payments/${paidBy}/receipt.pdf`);
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

    const lines = [
      { driver_id, amount: '500.00', source_id: 'EARN-3' },
      { tlc_license_number: 'UNKNOWN', amount: '500.00', source_id: 'EARN-4' },
    ];
    const settled = { payment_period_start: '2025-10-26', lines };
    const settlement = await ask('POST /ledger/settlement-runs', '/ledger/settlement-runs', settled);
    const run = `/ledger/settlement-runs/${String(settlement['run_id'])}`;
    await ask('GET /ledger/settlement-runs', '/ledger/settlement-runs');
    await ask('GET /ledger/settlement-runs/{run_id}', run);
    await ask('GET /ledger/settlement-runs/{run_id}/lines', `${run}/lines`);
    await ask('GET /ledger/settlement-runs/{run_id}/lines/export/{format}', `${run}/lines/export/json`);

    await ask('POST /ledger/settlement-runs/{run_id}/void', `${run}/void`, reason);

    await ask('GET /loans/reports/aging', '/loans/reports/aging');
    await ask('GET /loans/reports/collections', '/loans/reports/collections');
    await ask('GET /loans/reports/forecast', '/loans/reports/forecast');
    await ask('GET /loans/{loan_id}/history', `${loan}/history`);
    await ask('GET /loans/{loan_id}/transactions', `${loan}/transactions`);
    await askPdf('GET /loans/{loan_id}/agreement.pdf', `${loan}/agreement.pdf`);
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
    const statements = 'statements?period_start=2025-10-26';
    for (const list of ['payments', 'postings', 'balances', statements, 'reports/receipts']) {
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
