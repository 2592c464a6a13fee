import type { PostingResponse } from '../../src/modules/ledger/postings/posting.response.js';
import { aLoan } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectProblem } from '../support/problem.js';
import { aLedgerAccount } from './support/ledger-account.js';
import {
  app,
  ledger,
  clerk,
  currentLoan,
  postWeek,
  aPostedLoan,
  useLedgerVoids,
} from './support/ledger-voids-fixture.js';

useLedgerVoids();

describe('the void of a payment', () => {
  it('posts a reversal, links both postings, and records user, time and reason', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '40.00');
    app.clock.advanceDays(1);
    const answer = await ledger.tryToVoid(posting.posting_id, 'Wrong driver');
    expect(answer.status).toBe(200);
    const at = app.clock.now().toISOString();
    const reversal = answer.body.reversal;
    expect(answer.body).toEqual({
      dry_run: false,
      balances: [],
      credit_reversed: '40.00',
      credit_used: '0.00',
      allocations: [],
      posting: {
        ...posting,
        status: 'VOIDED',
        voided_by_posting_id: reversal.posting_id,
        voided_at: at,
        void_reason: 'Wrong driver',
        allocations: [],
        refunded: '0.00',
        left_over: '0.00',
      },
      reversal: {
        ...posting,
        posting_id: expect.stringMatching(/^LP-2025-\d{6}$/),
        posting_type: 'DEBIT',
        kind: 'VOID',
        payment_method: null,
        received_on: null,
        source_type: 'VOID',
        source_id: posting.posting_id,
        reverses_posting_id: posting.posting_id,
        posted_at: at,
        posted_by: clerk,
        description: `Void of ${posting.posting_id}`,
        notes: 'Wrong driver',
      },
    });
    const found = await app.as('FINANCE').get<PostingResponse>(`/ledger/postings/${reversal.posting_id}`);
    expect(found.body).toEqual({ ...reversal, allocations: [], refunded: null, left_over: null });
  });

  it('reverses its allocations and reopens closed balances', async () => {
    const account = await aLedgerAccount(app);
    const [closed, part] = [await ledger.owe(account), await ledger.owe(account)];
    const first = await ledger.pay(account, '30.00');
    const second = await ledger.pay(account, '100.00');
    expect(await ledger.balance(closed.balance_id)).toMatchObject({ status: 'CLOSED' });
    await ledger.void(second.posting.posting_id);
    expect(await ledger.balance(closed.balance_id)).toMatchObject({
      status: 'OPEN',
      payment_applied: '30.00',
      outstanding_balance: '70.00',
      allocations: [{ payment_posting_id: first.posting.posting_id, amount_allocated: '30.00' }],
    });
    expect(await ledger.balance(part.balance_id)).toMatchObject({
      status: 'OPEN',
      payment_applied: '0.00',
      outstanding_balance: '100.00',
      allocations: [],
    });
  });

  it('also reverses what its credit paid later', async () => {
    const account = await aLedgerAccount(app);
    const early = await ledger.pay(account, '80.00');
    const debt = await ledger.owe(account);
    const later = await ledger.pay(account, '5.00');
    expect(later).toMatchObject({ total_allocated: '5.00' });
    expect(await ledger.balance(debt.balance_id)).toMatchObject({ payment_applied: '85.00' });
    await ledger.void(early.posting.posting_id);
    expect(await ledger.balance(debt.balance_id)).toMatchObject({
      payment_applied: '5.00',
      allocations: [{ payment_posting_id: later.posting.posting_id }],
    });
    expect(await ledger.owed(account)).toMatchObject({ unallocated_credit: '0.00' });
  });

  it('removes its remaining credit', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '80.00');
    await ledger.void(posting.posting_id);
    await ledger.owe(account);
    expect(await ledger.pay(account, '5.00')).toMatchObject({
      credit_used: '0.00',
      total_allocated: '5.00',
      remaining_unallocated: '0.00',
    });
  });

  it('leaves a disputed balance disputed', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    const { posting } = await ledger.pay(account, '30.00');
    await ledger.dispute('dispute', debt.balance_id);
    await ledger.void(posting.posting_id);
    expect(await ledger.balance(debt.balance_id)).toMatchObject({
      status: 'DISPUTED',
      outstanding_balance: '100.00',
    });
  });

  it('allows the same source to be posted again', async () => {
    const account = await aLedgerAccount(app);
    const { posting } = await ledger.pay(account, '30.00');
    const { source_type, source_id } = posting;
    expectProblem(
      await ledger.tryToPay(account, '3.00', { source_type, source_id }),
      409,
      'SOURCE_ALREADY_POSTED',
    );
    await ledger.void(posting.posting_id);
    expect(await ledger.pay(account, '3.00', { source_type, source_id })).toMatchObject({
      total_payment: '3.00',
    });
  });

  it('restores the loan to its previous state, even if it was closed', async () => {
    const { loan_id, driver_id, lease_id } = await aLoan(app, {
      loan_amount: '200.00',
      interest_rate: '10.00',
    });
    await postWeek();
    const before = await currentLoan(loan_id);
    const { posting } = await ledger.pay({ driver_id, lease_id }, '300.00');
    expect(await currentLoan(loan_id)).toMatchObject({
      status: 'CLOSED',
      outstanding_balance: '0.00',
      installments: [{ status: 'PAID' }],
    });
    await ledger.void(posting.posting_id);
    expect(await currentLoan(loan_id)).toEqual(before);
    const changes = await app.db.query<object[]>(
      `SELECT from_status, to_status FROM loan_status_changes WHERE loan_id = $1 ORDER BY id OFFSET 1`,
      [loan_id],
    );
    expect(changes).toEqual([
      { from_status: 'ACTIVE', to_status: 'CLOSED' },
      { from_status: 'CLOSED', to_status: 'ACTIVE' },
    ]);
  });
});

describe('the void of an obligation', () => {
  it('voids its balance, so that it is no longer owed, and allows its source again', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    const { reversal } = await ledger.void(debt.posting_id);
    expect(reversal).toMatchObject({ posting_type: 'CREDIT', category: 'LEASE', amount: '100.00' });
    expect(await ledger.balance(debt.balance_id)).toMatchObject({
      status: 'VOIDED',
      payment_applied: '0.00',
    });
    expect(await ledger.owed(account)).toMatchObject({
      outstanding_balance: '0.00',
      unallocated_credit: '0.00',
    });
    expect(await ledger.pay(account, '10.00')).toMatchObject({ allocations: [], credit_used: '0.00' });
    const again = await ledger.owe(account, { reference_id: debt.reference_id });
    expect(again.balance_id).not.toBe(debt.balance_id);
  });

  it('is rejected while payments are applied to it, and accepted after their void', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    const { posting } = await ledger.pay(account, '0.01');
    const problem = expectProblem(await ledger.tryToVoid(debt.posting_id), 409, 'BALANCE_HAS_PAYMENTS');
    expect(problem.detail).toBe(`Payments of $0.01 are applied to ${debt.balance_id}. Void them first.`);
    await ledger.void(posting.posting_id);
    await ledger.void(debt.posting_id);
  });

  it('is rejected while the balance is disputed', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    await ledger.dispute('dispute', debt.balance_id);
    expectProblem(await ledger.tryToVoid(debt.posting_id), 409, 'BALANCE_DISPUTED');
    expect(await ledger.balance(debt.balance_id)).toMatchObject({ status: 'DISPUTED' });
  });

  it('makes the installment of a loan postable again, and the next run posts it once', async () => {
    const loan = await aPostedLoan();
    await ledger.void(loan.postingId);
    expect((await currentLoan(loan.loan_id)).installments[0]).toMatchObject({
      status: 'DUE',
      posted_to_ledger: false,
      ledger_balance_id: null,
      posted_on: null,
      posted_by: null,
    });
    expect(await postWeek()).toMatchObject({ body: { success: true, installments_posted: 1 } });
    expect(await postWeek()).toMatchObject({ body: { installments_posted: 0 } });
    const [installment] = (await currentLoan(loan.loan_id)).installments;
    expect(installment).toMatchObject({ status: 'POSTED', posted_to_ledger: true });
    expect(installment?.ledger_balance_id).not.toBe(loan.balanceId);
    await ledger.pay(loan, '10.00');
    expect(await currentLoan(loan.loan_id)).toMatchObject({ total_principal_paid: '10.00' });
  });

  it('does not break a later resume: posted installments keep their weeks', async () => {
    const loan = await aPostedLoan();
    app.clock.advanceDays(7);
    await postWeek();
    const [, second] = (await currentLoan(loan.loan_id)).installments;
    await new LedgerClient(app, 'ADMIN').void(loan.postingId);
    const status = `/loans/${loan.loan_id}/status`;
    await app.as('FINANCE').put(status, { status: 'ON_HOLD', reason: 'Sick' });
    const resumed = await app.as('FINANCE').put(status, { status: 'ACTIVE', reason: 'Back' });
    expect(resumed.status).toBe(200);
    expect((await currentLoan(loan.loan_id)).installments).toEqual([
      expect.objectContaining({ installment_number: 1, week_start: '2025-11-16', status: 'SCHEDULED' }),
      second,
      expect.objectContaining({ installment_number: 3, week_start: '2025-11-23', status: 'SCHEDULED' }),
    ]);
  });
});
