import type { StatementResponse } from '../../src/modules/ledger/statements/statement.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import { printedNumber } from '../../src/kernel/money/printed-amount.js';
import { aLease, aLoan, makeDraft } from '../support/factories.js';
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
  it('contains every amount of the schedule, and repeats its headings on the next page', async () => {
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

  it('fits on one page for a small loan, and is marked as draft before the approval', async () => {
    const { loan_id } = await aLoan(app, { loan_amount: '500.00', start_week: '2025-11-02' });
    await makeDraft(app, loan_id);
    const pages = await agreementOf(loan_id);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('DRAFT: not yet approved');
    expect(pages[0]).toContain('The loan bears no interest.');
  });

  it('is marked as cancelled and has no signature line for a cancelled loan', async () => {
    const { loan_id } = await aLoan(app, { loan_amount: '500.00', start_week: '2025-11-02' });
    await app.as('FINANCE').put(`/loans/${loan_id}/status`, { status: 'CANCELLED', reason: 'Not wanted' });
    const text = (await agreementOf(loan_id)).join(' ');
    expect(text).toContain('This loan has been cancelled.');
    expect(text).not.toContain('For the lender');
  });

  describe('of a loan that was held and resumed', () => {
    let loan: LoanDetailResponse;
    let signed: string[];
    const finance = () => app.as('FINANCE');
    const withoutTime = (pages: string[]) =>
      pages.map((page) => page.replace(/ · Printed .*? (?=Page)/, ' '));

    beforeAll(async () => {
      loan = await aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02' });
      const { loan_id } = loan;
      signed = await agreementOf(loan_id);
      app.clock.set('2025-11-05T09:00:00-05:00');
      await finance().post('/loans/installments/post', { loan_id });
      await finance().put(`/loans/${loan_id}/status`, { status: 'ON_HOLD', reason: 'Hospital' });
      await finance().put(`/loans/${loan_id}/status`, {
        status: 'ACTIVE',
        reason: 'Back at work',
        resume_week: '2026-02-01',
        waive_interest: true,
      });
    });

    it('is reprinted as it was signed', async () => {
      for (const query of ['', '?version=1']) {
        const { file, status } = await getPdf(app, `/loans/${loan.loan_id}/agreement.pdf${query}`);
        expect(status).toBe(200);
        expect(withoutTime(pagesOf(file))).toEqual(withoutTime(signed));
      }
      expect(signed.join(' ')).toContain('Last installment due Dec 13, 2025');
    });

    it('is printed as an amendment with its own terms for a later version', async () => {
      const { file, headers } = await getPdf(app, `/loans/${loan.loan_id}/agreement.pdf?version=2`);
      expect(headers['content-disposition']).toBe(`inline; filename="loan-amendment-${loan.loan_id}-2.pdf"`);
      const text = pagesOf(file).join(' ');
      for (const part of [
        'Amendment',
        'Principal still owed $1,500.00',
        'Interest waived $28.76',
        'Changes from the week of Feb 1, 2026',
        'Last installment due Mar 7, 2026',
        'Reason Back at work',
        'it replaces version 1 from the payment week of Feb 1, 2026 on.',
        'The lender waives interest of $28.76. It is not asked for again.',
        '1 Nov 2, 2025 – Nov 8, 2025 Nov 8, 2025 250.00 4.11 254.11 1,250.00',
        '2 Feb 1, 2026 – Feb 7, 2026 Feb 7, 2026 250.00 2.40 252.40 1,000.00',
        'Total of 6 installments 1,500.00 11.31 1,511.31',
        'For the lender',
      ]) {
        expect(text).toContain(part);
      }
    });

    it('has no other version, and the history lists the existing versions and the waiver', async () => {
      const missing = await finance().get(`/loans/${loan.loan_id}/agreement.pdf?version=3`);
      expect(missing).toMatchObject({
        status: 400,
        body: {
          code: 'LOAN_VERSION_UNKNOWN',
          detail: `There is no version 3 of the schedule of ${loan.loan_id}. Its latest version is 2.`,
        },
      });
      const { body } = await finance().get<{ items: { kind: string }[] }>(`/loans/${loan.loan_id}/history`);
      const kept = { from: null, to: null };
      expect(body.items.filter(({ kind }) => kind === 'SCHEDULE' || kind === 'WAIVER')).toMatchObject([
        { ...kept, kind: 'SCHEDULE', version: 1, change: 'CREATED', reason: 'Created' },
        {
          ...kept,
          kind: 'WAIVER',
          reason: 'Back at work',
          interest_from: '2025-11-08',
          interest_to: '2026-01-31',
          days: 84,
          amount: '28.76',
        },
        { ...kept, kind: 'SCHEDULE', version: 2, change: 'RESUMED', reason: 'Back at work' },
      ]);
    });
  });

  it('is displayed in the browser with a file name, and returns 404 for an unknown loan', async () => {
    const { loan_id } = await aLoan(app);
    const { headers } = await getPdf(app, `/loans/${loan_id}/agreement.pdf`);
    expect(headers['content-disposition']).toBe(`inline; filename="loan-agreement-${loan_id}.pdf"`);
    const missing = await app.as('FINANCE').get('/loans/DL-2025-9999/agreement.pdf');
    expect([missing.status, missing.body['code']]).toEqual([404, 'LOAN_NOT_FOUND']);
    expect((await app.anonymous.get(`/loans/${loan_id}/agreement.pdf`)).status).toBe(401);
  });
});

describe('the printed weekly statement', () => {
  it('contains the totals of the JSON statement, and lines that add up to them', async () => {
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
    const { prior_balance, current_charge, payment_applied, adjustment, balance_forward } = totals;
    const amounts = [prior_balance, current_charge, payment_applied, adjustment, balance_forward].map(
      printedNumber,
    );
    expect(amounts.join(' ')).toBe('0.00 1,467.38 600.00 0.00 867.38');
    expect(text).toContain(`Total ${amounts.join(' ')}`);
    expect(text).toContain('$867.38');
    expect(text).toContain('Total owed as of Nov 5, 2025 (week not over)');
    expect(text).toMatch(new RegExp(`${posting.posting_id} Nov 5, 2025 E-ZPass tolls \\S+ · Tunnel 17\\.38`));
    expect(text).toContain('582.62');
    expect(text).toContain('Credit left over: $0.00');
  });

  it('shows the remaining credit, also as of an earlier instant', async () => {
    const lease = await aLease(app);
    const account = { driver_id: lease.driver_id, lease_id: lease.id };
    app.clock.set('2025-11-05T09:00:00-05:00');
    await new LedgerClient(app).pay(account, '75.00');
    const path = `/ledger/statements?driver_id=${account.driver_id}&lease_id=${account.lease_id}&period_start=2025-11-02&format=pdf`;
    expect(pagesOf((await getPdf(app, path)).file).join()).toContain('Credit left over: $75.00');
    const before = await getPdf(app, `${path}&as_of=2025-11-04T00:00:00-05:00`);
    expect(pagesOf(before.file).join()).toContain('Credit left over: $0.00');
  });

  it('is rejected for an unknown format and for a lease of another driver', async () => {
    const lease = await aLease(app);
    const path = `/ledger/statements?driver_id=${lease.driver_id}&period_start=2025-11-02`;
    expect((await app.as('FINANCE').get(`${path}&lease_id=${lease.id}&format=doc`)).status).toBe(400);
    const other = await app.as('FINANCE').get(`${path}&lease_id=99999&format=pdf`);
    expect([other.status, other.body['code']]).toEqual([400, 'LEASE_DRIVER_MISMATCH']);
  });
});
