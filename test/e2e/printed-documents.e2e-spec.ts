import type { StatementResponse } from '../../src/modules/ledger/http/statement.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/http/loan.response.js';
import { printedNumber } from '../../src/platform/pdf/printed.js';
import { aLease, aLoan } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { getPdf, pagesOf } from '../support/pdf.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-10-29T09:00:00-04:00', env: { FLEET_NAME: 'Gotham Cabs' } });
});

afterAll(() => app.close());

const agreementOf = async (loanId: string): Promise<string[]> => {
  const answer = await getPdf(app, `/loans/${loanId}/agreement.pdf`);
  expect(answer.status).toBe(200);
  return pagesOf(answer.file);
};

describe('a loan agreement', () => {
  it('has every amount of the schedule, and goes on overleaf with its headings', async () => {
    const { loan_id } = await aLoan(app, {
      loan_amount: '20000.00',
      interest_rate: '9.50',
      start_week: '2025-11-02',
    });
    const { body: loan } = await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loan_id}`);
    const pages = await agreementOf(loan_id);
    const text = pages.join(' ');
    for (const { principal_amount, interest_amount, total_due } of loan.installments) {
      const amounts = [principal_amount, interest_amount, total_due].map(printedNumber).join(' ');
      expect(text).toContain(amounts);
    }
    expect(text).toContain(
      `Total of ${loan.total_installments} installments 20,000.00 ${printedNumber(loan.total_interest)} ${printedNumber(loan.total_payable)}`,
    );
    expect(text).toContain('Gotham Cabs');
    expect(text).toContain(`TLC license ${loan.driver.tlc_license_number}`);
    pages.forEach((page, index) => {
      expect(page).toContain(`Loan ${loan_id}`);
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
    expect(pages[1]).toContain('Principal after');
    expect(pages.at(-1)).toContain('For the lender');
  });

  it('stands on one page where the loan is small, and says so while it is a draft', async () => {
    const { loan_id } = await aLoan(app, { loan_amount: '500.00', start_week: '2025-11-02' });
    await app.db.query(`UPDATE driver_loans SET status = 'DRAFT' WHERE loan_id = $1`, [loan_id]);
    const pages = await agreementOf(loan_id);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('DRAFT: not yet approved');
    expect(pages[0]).toContain('The loan bears no interest.');
  });

  it('is shown in the browser under its name, and is a problem where there is no loan', async () => {
    const { loan_id } = await aLoan(app);
    const { headers } = await getPdf(app, `/loans/${loan_id}/agreement.pdf`);
    expect(headers['content-disposition']).toBe(`inline; filename="loan-agreement-${loan_id}.pdf"`);
    const missing = await app.as('FINANCE').get('/loans/DL-2025-9999/agreement.pdf');
    expect([missing.status, missing.body['code']]).toEqual([404, 'LOAN_NOT_FOUND']);
    expect((await app.anonymous.get(`/loans/${loan_id}/agreement.pdf`)).status).toBe(401);
  });
});

describe('a weekly statement on paper', () => {
  it('has the totals of the JSON statement, and lines that add up to them', async () => {
    const lease = await aLease(app);
    const account = { driver_id: lease.driver_id, lease_id: lease.id };
    const ledger = new LedgerClient(app);
    app.clock.set('2025-11-05T09:00:00-05:00');
    await ledger.owe(account, { amount: '1450.00', description: 'Weekly lease' });
    await ledger.owe(account, { category: 'EZPASS', amount: '17.38', description: 'Tunnel' });
    const { posting } = await ledger.pay(account, '600.00');
    const path = `/ledger/statements?driver_id=${account.driver_id}&lease_id=${account.lease_id}&period_start=2025-11-02`;
    const { totals } = (await app.as('FINANCE').get<StatementResponse>(path)).body;
    const answer = await getPdf(app, `${path}&format=pdf`, 'MANAGER');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/pdf']);
    const text = pagesOf(answer.file).join(' ');
    const { prior_balance, current_charge, payment_applied, balance_forward } = totals;
    const amounts = [prior_balance, current_charge, payment_applied, balance_forward].map(printedNumber);
    expect(amounts.join(' ')).toBe('0.00 1,467.38 600.00 867.38');
    expect(text).toContain(`Total ${amounts.join(' ')}`);
    expect(text).toContain('$867.38');
    expect(text).toMatch(new RegExp(`${posting.posting_id} Nov 5, 2025 E-ZPass tolls \\S+ · Tunnel 17\\.38`));
    expect(text).toContain('582.62');
    expect(text).toContain('Unallocated credit: $0.00');
  });

  it('shows a credit that is left over, as the books stood then', async () => {
    const lease = await aLease(app);
    const account = { driver_id: lease.driver_id, lease_id: lease.id };
    app.clock.set('2025-11-05T09:00:00-05:00');
    await new LedgerClient(app).pay(account, '75.00');
    const path = `/ledger/statements?driver_id=${account.driver_id}&lease_id=${account.lease_id}&period_start=2025-11-02&format=pdf`;
    expect(pagesOf((await getPdf(app, path)).file).join()).toContain('Unallocated credit: $75.00');
    const before = await getPdf(app, `${path}&as_of=2025-11-04T00:00:00-05:00`);
    expect(pagesOf(before.file).join()).toContain('Unallocated credit: $0.00');
  });

  it('refuses another format, and a lease of another driver, with a problem', async () => {
    const lease = await aLease(app);
    const path = `/ledger/statements?driver_id=${lease.driver_id}&period_start=2025-11-02`;
    expect((await app.as('FINANCE').get(`${path}&lease_id=${lease.id}&format=doc`)).status).toBe(400);
    const other = await app.as('FINANCE').get(`${path}&lease_id=99999&format=pdf`);
    expect([other.status, other.body['code']]).toEqual([400, 'LEASE_OF_OTHER_DRIVER']);
  });
});
