import type {
  ChangedLoanResponse,
  LoanDetailResponse,
} from '../../src/modules/loans/overview/loan.response.js';
import type { ImportReportResponse } from '../../src/platform/import/import-report.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import type { LeaseRow } from '../support/factories.js';
import { aDriverWithLease, aLease } from '../support/factories.js';
import { expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const WEEK = '2025-11-02';

let app: TestApp;

const start = async (env: Record<string, string> = {}): Promise<void> => {
  app = await startTestApp({ env });
};

afterEach(() => app.close());

const termsOf = ({ driver_id, id: lease_id }: LeaseRow, loan_amount: string) => ({
  driver_id,
  lease_id,
  loan_amount,
  start_week: WEEK,
});

const tryToCreate = (lease: LeaseRow, amount: string): Promise<ApiAnswer<LoanDetailResponse>> =>
  app.as('FINANCE').post<LoanDetailResponse>('/loans', termsOf(lease, amount));

const createLoan = async (lease: LeaseRow, amount: string): Promise<LoanDetailResponse> => {
  const { status, body } = await tryToCreate(lease, amount);
  expect(status).toBe(201);
  return body;
};

const preview = (lease: LeaseRow, amount: string) =>
  app.as('FINANCE').post('/loans/preview', termsOf(lease, amount));

describe('the total principal of one driver', () => {
  it('is limited over all loans and leases: two loans of 50,000.00, and not a cent more', async () => {
    await start();
    const lease = await aLease(app);
    const second = await aLease(app, { driver_id: lease.driver_id });
    await createLoan(lease, '50000.00');
    await createLoan(second, '50000.00');
    const before = await dumpLedgerTables(app.db);
    const problem = expectProblem(await tryToCreate(lease, '0.01'), 409, 'DRIVER_EXPOSURE_EXCEEDED');
    expect(problem.detail).toMatch(/owes \$100,000\.00 .* would be \$100,000\.01, and at most \$100,000\.00/);
    expectProblem(await preview(second, '0.01'), 409, 'DRIVER_EXPOSURE_EXCEEDED');
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    await createLoan(await aLease(app), '50000.00');
  });

  it('decreases with payments and cancellations', async () => {
    await start({ DRIVER_MAX_EXPOSURE: '1000.00' });
    const lease = await aLease(app);
    const { loan_id } = await createLoan(lease, '600.00');
    expectProblem(await tryToCreate(lease, '400.01'), 409, 'DRIVER_EXPOSURE_EXCEEDED');
    const paid = { payment: { amount: '600.00', source_type: 'CASH', source_id: 'R-1' } };
    expect((await app.as('FINANCE').post(`/loans/${loan_id}/payoff`, paid)).status).toBe(200);
    const other = await createLoan(lease, '1000.00');
    expectProblem(await tryToCreate(lease, '1.00'), 409, 'DRIVER_EXPOSURE_EXCEEDED');
    const cancel = { status: 'CANCELLED', reason: 'Not needed' };
    expect((await app.as('ADMIN').put(`/loans/${other.loan_id}/status`, cancel)).status).toBe(200);
    await createLoan(lease, '1000.00');
  });
});

describe('the number of open loans of one driver', () => {
  it('is limited to five, including loans on hold', async () => {
    await start();
    const lease = await aLease(app);
    const loans: LoanDetailResponse[] = [];
    for (let n = 0; n < 5; n += 1) loans.push(await createLoan(lease, '100.00'));
    const hold = { status: 'ON_HOLD', reason: 'Ill' };
    await app.as('FINANCE').put(`/loans/${loans[0]?.loan_id}/status`, hold);
    const problem = expectProblem(await tryToCreate(lease, '100.00'), 409, 'DRIVER_HAS_TOO_MANY_LOANS');
    expect(problem.detail).toBe(`Driver ${lease.driver_id} has 5 open loans; at most 5 are allowed.`);
    expectProblem(await preview(lease, '100.00'), 409, 'DRIVER_HAS_TOO_MANY_LOANS');
    const cancel = { status: 'CANCELLED', reason: 'Not needed' };
    await app.as('ADMIN').put(`/loans/${loans[1]?.loan_id}/status`, cancel);
    await createLoan(lease, '100.00');
  });

  it('is limited for simultaneous requests too', async () => {
    await start({ DRIVER_MAX_LOANS: '3' });
    const lease = await aLease(app);
    await app.as('FINANCE').get('/auth/me');
    const answers = await Promise.all(Array.from({ length: 8 }, () => tryToCreate(lease, '100.00')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409, 409, 409, 409]);
    const codes = new Set(answers.flatMap(({ body }) => ('code' in body ? [body.code] : [])));
    expect([...codes]).toEqual(['DRIVER_HAS_TOO_MANY_LOANS']);
  });
});

describe('a draft loan', () => {
  it('counts towards the limits when it is approved, not before', async () => {
    await start({ LOAN_APPROVAL_REQUIRED: 'true', DRIVER_MAX_LOANS: '1', DRIVER_MAX_EXPOSURE: '1000.00' });
    const lease = await aLease(app);
    const [first, second] = [await createLoan(lease, '900.00'), await createLoan(lease, '800.00')];
    const approve = (loan: LoanDetailResponse, body: object = {}) =>
      app.as('ADMIN').post<ChangedLoanResponse>(`/loans/${loan.loan_id}/approve`, body);
    expect((await approve(first)).body).toMatchObject({ status: 'ACTIVE' });
    expectProblem(await approve(second, { dry_run: true }), 409, 'DRIVER_HAS_TOO_MANY_LOANS');
    expectProblem(await approve(second), 409, 'DRIVER_HAS_TOO_MANY_LOANS');
    expectProblem(await tryToCreate(lease, '1.00'), 409, 'DRIVER_HAS_TOO_MANY_LOANS');
  });

  it('is created only above LOAN_APPROVAL_ABOVE', async () => {
    await start({ LOAN_APPROVAL_ABOVE: '1000.00' });
    const lease = await aLease(app);
    expect(await createLoan(lease, '1000.00')).toMatchObject({ status: 'ACTIVE' });
    const draft = await createLoan(lease, '1000.01');
    expect(draft).toMatchObject({ status: 'DRAFT' });
    const history = await app
      .as('FINANCE')
      .get<{ items: { to?: string }[] }>(`/loans/${draft.loan_id}/history`);
    expect(history.body.items.find(({ to }) => to !== undefined)).toMatchObject({ from: null, to: 'DRAFT' });
  });

  it('is always created with LOAN_APPROVAL_REQUIRED', async () => {
    await start({ LOAN_APPROVAL_REQUIRED: 'true', LOAN_APPROVAL_ABOVE: '1000.00' });
    expect(await createLoan(await aLease(app), '1.00')).toMatchObject({ status: 'DRAFT' });
  });
});

describe('the limits in an import of loans', () => {
  const fileOf = async (amounts: readonly string[]): Promise<string> => {
    const { driver, lease } = await aDriverWithLease(app);
    const rows = amounts.map(
      (amount, n) => `R-${n},${driver.tlc_license_number},${lease.lease_number},${amount},${WEEK}`,
    );
    return ['reference,tlc_license_number,lease_number,loan_amount,start_week', ...rows].join('\n');
  };
  const send = (file: string, query: string) =>
    app.as('FINANCE').post<ImportReportResponse>(`/loans/import${query}`, file);

  it.each(['?dry_run=true&all_or_nothing=false', '?all_or_nothing=false'])(
    'include the rows before: a row beyond a limit is invalid, a smaller row after it is valid (%s)',
    async (query) => {
      await start({ DRIVER_MAX_EXPOSURE: '1000.00', DRIVER_MAX_LOANS: '3' });
      const file = await fileOf(['600.00', '500.00', '300.00', '100.00', '1.00']);
      const { status, body } = await send(file, query);
      expect([status, body.created, body.rejected]).toEqual([200, 3, 2]);
      expect(body.errors).toMatchObject([
        { line: 3, field: 'loan_amount', code: 'DRIVER_EXPOSURE_EXCEEDED' },
        { line: 6, field: 'tlc_license_number', code: 'DRIVER_HAS_TOO_MANY_LOANS' },
      ]);
      for (const { reason } of body.errors)
        expect(reason).toMatch(/^The driver with the TLC license \w+ (owes|has)/);
    },
  );

  it('reject the whole file for one row beyond a limit, and accept a file within them', async () => {
    await start({ DRIVER_MAX_LOANS: '2' });
    expectProblem(await send(await fileOf(['1.00', '2.00', '3.00']), ''), 400, 'IMPORT_REJECTED');
    const { body } = await send(await fileOf(['1.00', '2.00']), '');
    expect(body).toMatchObject({ applied: true, created: 2 });
  });
});
