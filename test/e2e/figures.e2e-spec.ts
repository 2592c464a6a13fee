import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { ApiClient } from '../support/api-client.js';
import { download, readCsv, readExcel } from '../support/download.js';
import { aLease, aLoan } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { getPdf, pagesOf } from '../support/pdf.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;
let finance: ApiClient;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-10-29T09:00:00-04:00' });
  [finance, ledger] = [app.as('FINANCE'), new LedgerClient(app)];
});

afterAll(() => app.close());

const get = async (loanId: string) => (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;
const cancel = (loanId: string) =>
  finance.put(`/loans/${loanId}/status`, { status: 'CANCELLED', reason: 'Not wanted' });

/** The totals of a JSON export, by field. */
async function totalsOf(path: string, query: string): Promise<Record<string, string>> {
  const { body } = await finance.get<{ totals: Record<string, string> }>(`${path}/export/json?${query}`);
  return body.totals;
}

/** The totals row of an Excel export, by heading. */
async function excelTotalsOf(path: string, query: string): Promise<Record<string, string>> {
  const [sheet] = (await readExcel((await download(app, `${path}/export/excel?${query}`)).bytes)).worksheets;
  const [head, totals] = [sheet!.getRow(1), sheet!.getRow(sheet!.rowCount)];
  const cells: [string, string][] = [];
  totals.eachCell(({ value }, column) => {
    if (typeof value === 'number') cells.push([head.getCell(column).text, value.toFixed(2)]);
  });
  return Object.fromEntries(cells);
}

const lastPageOf = async (path: string, query: string): Promise<string> =>
  pagesOf((await getPdf(app, `${path}/export/pdf?${query}`)).file).at(-1) ?? '';

const outstandingInCsv = async (path: string, query: string): Promise<string[]> =>
  readCsv((await download(app, `${path}/export/csv?${query}`)).bytes).map(
    ({ outstanding_balance }) => outstanding_balance ?? '',
  );

describe('an amount that is not owed', () => {
  let query: string;
  let paidOff: LoanDetailResponse;
  let cancelled: LoanDetailResponse;

  beforeAll(async () => {
    const { driver_id, id: lease_id } = await aLease(app);
    const account = { driver_id, lease_id };
    query = `driver_id=${driver_id}`;
    const lent = await aLoan(app, {
      ...account,
      loan_amount: '1000.00',
      interest_rate: '10.00',
      start_week: '2025-11-02',
    });
    await finance.post(`/loans/${lent.loan_id}/payoff`, {});
    const unwanted = await aLoan(app, { ...account, start_week: '2025-11-02' });
    await cancel(unwanted.loan_id);
    const toll = await ledger.owe(account, { category: 'PVB', amount: '65.00' });
    await ledger.void(toll.posting_id);
    [paidOff, cancelled] = [await get(lent.loan_id), await get(unwanted.loan_id)];
  });

  it('is shown as 0.00 for a cancelled loan and for installments skipped by a payoff or a cancellation', () => {
    expect([paidOff.outstanding_balance, cancelled.outstanding_balance]).toEqual(['1000.00', '0.00']);
    const skipped = [...paidOff.installments, ...cancelled.installments].filter(
      ({ status }) => status === 'SKIPPED',
    );
    expect(skipped).toHaveLength(10);
    expect(new Set(skipped.map(({ outstanding_balance }) => outstanding_balance))).toEqual(new Set(['0.00']));
  });

  it('is listed in the export of loans but not included in the totals', async () => {
    const totals = { loan_amount: '1000.00', total_payable: '1000.00', outstanding_balance: '1000.00' };
    expect(await totalsOf('/loans', query)).toMatchObject(totals);
    expect(await excelTotalsOf('/loans', query)).toMatchObject({
      Lent: '1000.00',
      Payable: '1000.00',
      Outstanding: '1000.00',
    });
    expect(await lastPageOf('/loans', query)).toContain(
      'Total of 1 of 2 rows, without drafts and cancelled loans 1,000.00 0.00 1,000.00',
    );
    expect(await outstandingInCsv('/loans', `${query}&sort_order=asc`)).toEqual(['1000.00', '0.00']);
  });

  it('is listed in the export of installments but not included in the totals', async () => {
    const totals = {
      principal_amount: '1000.00',
      interest_amount: '0.00',
      total_due: '1000.00',
      outstanding_balance: '1000.00',
    };
    expect(await totalsOf('/loans/installments', query)).toMatchObject(totals);
    expect(await excelTotalsOf('/loans/installments', query)).toMatchObject({
      Principal: '1000.00',
      'Total due': '1000.00',
      Outstanding: '1000.00',
    });
    expect(await lastPageOf('/loans/installments', query)).toContain(
      'Total of 1 of 11 rows, without drafts and replaced installments 1,000.00',
    );
    const outstanding = await outstandingInCsv('/loans/installments', query);
    expect(outstanding.filter((amount) => amount !== '0.00')).toEqual(['1000.00']);
  });

  it('is listed in the export of balances but not included in the totals', async () => {
    expect(await totalsOf('/ledger/balances', query)).toEqual({
      original_amount: '1000.00',
      payment_applied: '0.00',
      outstanding_balance: '1000.00',
    });
    expect(await lastPageOf('/ledger/balances', query)).toContain(
      'Total of 1 of 2 rows, without voided balances 1,000.00',
    );
  });
});

describe('a written-off loan', () => {
  it('adds its principal to the installment totals, but no interest that was never posted', async () => {
    const { loan_id, driver_id } = await aLoan(app, {
      loan_amount: '1000.00',
      interest_rate: '10.00',
      start_week: '2025-10-26',
    });
    await finance.post('/loans/installments/post', { loan_id });
    await app.as('ADMIN').post(`/loans/${loan_id}/write-off`, { reason: 'Left the country' });
    const query = `driver_id=${driver_id}`;
    const [installments, loans] = [
      await totalsOf('/loans/installments', query),
      await totalsOf('/loans', query),
    ];
    expect(installments).toMatchObject({
      principal_amount: '1000.00',
      principal_written_off: '1000.00',
      outstanding_balance: '0.00',
    });
    expect(installments).toMatchObject({
      principal_amount: loans['loan_amount'],
      interest_amount: loans['total_interest'],
      total_due: loans['total_payable'],
      principal_written_off: loans['written_off'],
    });
  });
});

describe('a draft loan', () => {
  it('owes nothing before its approval, and its installments are not included in the totals', async () => {
    const approving = await startTestApp({
      now: '2025-10-29T09:00:00-04:00',
      env: { LOAN_APPROVAL_REQUIRED: 'true' },
    });
    try {
      const draft = await aLoan(approving, { start_week: '2025-11-02' });
      expect(draft).toMatchObject({ status: 'DRAFT', outstanding_balance: '0.00', total_payable: '500.00' });
      const clerk = approving.as('FINANCE');
      for (const [path, amount] of [
        ['/loans', 'loan_amount'],
        ['/loans/installments', 'principal_amount'],
      ] as const) {
        const { body } = await clerk.get<{ totals: Record<string, string>; count: number }>(
          `${path}/export/json`,
        );
        expect(body.totals).toMatchObject({ [amount]: '0.00', outstanding_balance: '0.00' });
        expect(body.count).toBeGreaterThan(0);
      }
      const approval = await approving.as('ADMIN').post(`/loans/${draft.loan_id}/approve`, {});
      expect(approval.body).toMatchObject({ status: 'ACTIVE', outstanding_balance: '500.00' });
    } finally {
      await approving.close();
    }
  });
});
