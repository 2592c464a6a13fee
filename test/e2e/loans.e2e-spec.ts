import type { LoanDetailResponse, LoanListItem } from '../../src/modules/loans/overview/loan.response.js';
import type { Page } from '../../src/platform/database/page.js';
import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { app, finance, aBorrower, TERMS, create, useLoans } from './support/loans-fixture.js';

useLoans();

describe('GET /loans/:loan_id', () => {
  const payment = (loan: LoanDetailResponse, amount: string): object => ({
    driver_id: loan.driver_id,
    lease_id: loan.lease_id,
    amount,
    payment_period_start: '2025-11-02',
    source_type: 'WEEKLY_EARNINGS',
    source_id: `EARN-${loan.loan_id}-${amount}`,
  });

  it('counts paid and pending installments, and names the next due date', async () => {
    const loan = await create({ ...(await aBorrower()), ...TERMS });
    app.clock.set('2025-11-09T09:00:00-05:00');
    const weeks = { payment_period_start: '2025-11-02', payment_period_end: '2025-11-15' };
    await finance.post('/loans/installments/post', { loan_id: loan.loan_id, ...weeks });
    await finance.post('/ledger/payments', payment(loan, '300.00'));

    const paid = (await finance.get<LoanDetailResponse>(`/loans/${loan.loan_id}`)).body;
    expect(paid).toMatchObject({
      status: 'ACTIVE',
      // 254.11 of the first installment; of the second first its interest of 2.40, then 43.49
      total_principal_paid: '293.49',
      total_interest_paid: '6.51',
      outstanding_balance: '1206.51',
      total_interest: '11.31',
      total_payable: '1511.31',
      next_due_date: '2025-11-15',
      total_installments: 6,
      paid_installments: 1,
      pending_installments: 5,
      closed_on: null,
    });
    expect(paid.installments.map(({ status }) => status)).toEqual([
      'PAID',
      'POSTED',
      ...Array<string>(4).fill('SCHEDULED'),
    ]);
    expect(paid.installments[1]).toMatchObject({
      interest_paid: '2.40',
      principal_paid: '43.49',
      outstanding_balance: '206.51',
    });
    const listed = await finance.get<Page<LoanListItem>>(`/loans?driver_id=${loan.driver_id}`);
    const {
      installments: _,
      schedule_version,
      total_installments,
      paid_installments,
      pending_installments,
      left_to_recover,
      ...item
    } = paid;
    expect([item.amount_due, item.amount_overdue]).toEqual(['206.51', '0.00']);
    expect(left_to_recover).toBe('0.00');
    expect([total_installments, paid_installments, pending_installments]).toEqual([6, 1, 5]);
    expect(schedule_version).toBe(1);
    expect(listed.body.items).toEqual([item]);
  });

  it('returns CLOSED after the loan is paid in full', async () => {
    const loan = await create({ ...(await aBorrower()), loan_amount: '100.00', start_week: '2025-10-26' });
    await finance.post('/loans/installments/post', { loan_id: loan.loan_id });
    app.clock.advanceDays(1);
    await finance.post('/ledger/payments', {
      ...payment(loan, '100.00'),
      payment_period_start: '2025-10-26',
    });
    expect((await finance.get(`/loans/${loan.loan_id}`)).body).toMatchObject({
      status: 'CLOSED',
      outstanding_balance: '0.00',
      next_due_date: null,
      paid_installments: 1,
      pending_installments: 0,
      closed_on: app.clock.now().toISOString(),
      closure_reason: 'Paid in full',
    });
  });

  it.each(['DL-2025-9999', 'dl-2025-0001', '1', "' OR 1=1", 'DL%'])('returns 404 for %s', async (id) => {
    const answer = await finance.get(`/loans/${encodeURIComponent(id)}`);
    expect(expectProblem(answer, 404, 'LOAN_NOT_FOUND').detail).toBe(`There is no loan ${id}.`);
  });
});

describe('PATCH /loans/:loan_id', () => {
  it('changes purpose, notes and the time of the change, and nothing else', async () => {
    const loan = await aLoan(app, { purpose: 'Tires', notes: 'first' });
    app.clock.advanceDays(1);
    const edited = await finance.patch<LoanDetailResponse>(`/loans/${loan.loan_id}`, { purpose: ' Brakes ' });
    expect(edited.status).toBe(200);
    const updated_on = app.clock.now().toISOString();
    expect(edited.body).toEqual({ ...loan, purpose: 'Brakes', updated_on });
    const cleared = await finance.patch(`/loans/${loan.loan_id}`, { purpose: null, notes: 'two\nlines' });
    expect(cleared.body).toEqual({ ...loan, purpose: null, notes: 'two\nlines', updated_on });
  });

  it('requires at least one field', async () => {
    const { loan_id } = await aLoan(app);
    expectFieldErrors(await finance.patch(`/loans/${loan_id}`, {}));
    expectFieldErrors(await finance.patch(`/loans/${loan_id}`));
  });

  it.each([
    ['of a loan', 'at all', '1.00'],
    ['of a loan', 'at all', 'CLOSED'],
    ['purpose', 'of 256 characters', 'x'.repeat(256)],
    ['purpose', 'as a number', 5],
    ['notes', 'with a bell', 'a\u0007'],
  ])('rejects a %s %s', async (field, _, value) => {
    const { loan_id } = await aLoan(app);
    expectFieldErrors(await finance.patch(`/loans/${loan_id}`, { [field]: value }), field);
  });

  it('returns 404 for an unknown loan', async () => {
    expectProblem(await finance.patch('/loans/DL-2025-9999', { notes: 'x' }), 404, 'LOAN_NOT_FOUND');
  });
});
