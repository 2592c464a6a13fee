import type { BalanceListItem } from '../../src/modules/ledger/balances/balance.response.js';
import type { LoanStatisticsResponse } from '../../src/modules/loans/overview/loan-statistics.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ApiClient } from '../support/api-client.js';
import { aLoan, makeDraft } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectLoanFiguresAgree } from '../support/loan-figures.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const LOAN_DATE = '2025-10-29T09:00:00-04:00';
const FOUR_WEEKS_LATER = '2025-11-26T09:00:00-05:00';

let app: TestApp;
let finance: ApiClient;
let admin: ApiClient;
let ledger: LedgerClient;

const terms = { loan_amount: '1000.00', interest_rate: '10.00', start_week: '2025-11-02' };
const setStatus = (loan: LoanDetailResponse, status: string, by = finance) =>
  by.put(`/loans/${loan.loan_id}/status`, { status, reason: 'As agreed' });
const post = (from: string, to: string) =>
  finance.post('/loans/installments/post', { payment_period_start: from, payment_period_end: to });
const statistics = async () => (await finance.get<LoanStatisticsResponse>('/loans/statistics/summary')).body;
const balancesOf = async ({ driver_id }: LoanDetailResponse): Promise<readonly BalanceListItem[]> =>
  (await finance.get<Page<BalanceListItem>>(`/ledger/balances?driver_id=${driver_id}&sort_order=asc`)).body
    .items;

/** Voids the only posting of the loan and cancels the loan, so that it no longer counts as lent. */
async function cancelAfterPosting(loan: LoanDetailResponse): Promise<void> {
  for (const { posting_id } of await balancesOf(loan)) {
    await admin.post(`/ledger/postings/${posting_id}/void`, { reason: 'Never paid out' });
  }
  expect((await setStatus(loan, 'CANCELLED', admin)).status).toBe(200);
}

beforeAll(async () => {
  app = await startTestApp({ now: LOAN_DATE });
  [finance, admin, ledger] = [app.as('FINANCE'), app.as('ADMIN'), new LedgerClient(app)];
});

afterAll(() => app.close());

describe('the loan figures', () => {
  it('are 0.00 everywhere without loans', async () => {
    expect(new Set(Object.values(await expectLoanFiguresAgree(app)))).toEqual(new Set(['0.00']));
  });

  it('are equal in every place, with loans in every status', async () => {
    const [late, held, paid, writtenOff, paidOff, disputed, mistaken] = [
      await aLoan(app, terms),
      await aLoan(app, terms),
      await aLoan(app, { ...terms, loan_amount: '100.00' }),
      await aLoan(app, terms),
      await aLoan(app, terms),
      await aLoan(app, terms),
      await aLoan(app, terms),
    ] as const;
    await setStatus(await aLoan(app, terms), 'CANCELLED');
    await setStatus(await aLoan(app, terms), 'ON_HOLD');
    await makeDraft(app, (await aLoan(app, terms)).loan_id);
    app.clock.set('2025-11-05T09:00:00-05:00');
    await post('2025-11-02', '2025-11-08');
    await cancelAfterPosting(mistaken);
    await setStatus(held, 'ON_HOLD');
    await expectLoanFiguresAgree(app);

    app.clock.set(FOUR_WEEKS_LATER);
    await post('2025-11-09', '2025-11-29');
    await aLoan(app, { ...terms, start_week: '2026-01-04' });
    await ledger.pay(paid, '100.27');
    await ledger.pay(late, '250.00');
    const { posting } = await ledger.pay(late, '30.00');
    await ledger.void(posting.posting_id);
    await finance.post(`/loans/${paidOff.loan_id}/payoff`, {});
    await ledger.pay(writtenOff, '50.00');
    await admin.post(`/loans/${writtenOff.loan_id}/write-off`, { reason: 'Left the country' });
    const receipt = { amount: '20.00', source_id: 'RECEIPT-1' };
    await finance.post(`/loans/${writtenOff.loan_id}/recoveries`, receipt);
    await ledger.dispute('dispute', (await balancesOf(disputed))[0]!.balance_id);
    const figures = await expectLoanFiguresAgree(app);
    expect(figures).toMatchObject({ lent: '7100.00' });
    for (const amount of Object.values(figures)) expect(amount).not.toBe('0.00');

    app.clock.set('2025-12-31T09:00:00-05:00');
    const later = await expectLoanFiguresAgree(app);
    expect(later).toMatchObject({ lent: figures.lent, due: figures.due, overdue: figures.due });
  });

  it('separate loans that were cancelled after a posting from loans that were never lent', async () => {
    expect(await statistics()).toMatchObject({
      cancelled_loans: 2,
      draft_loans: 1,
      cancelled_after_posting_loans: 1,
      total_cancelled_after_posting: '1000.00',
    });
  });
});
