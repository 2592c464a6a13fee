import type { PaymentResponse } from '../../src/modules/ledger/payments/payment.response.js';
import type { PostingDetailResponse } from '../../src/modules/ledger/postings/posting.response.js';
import type { ApiAnswer } from '../support/api-client.js';
import { asDryRun } from '../support/as-dry-run.js';
import { aBorrower } from '../support/factories.js';
import type { BorrowerRef } from '../support/borrower-ref.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { aLedgerAccount } from './support/ledger-account.js';

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-05T09:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

const anAccount = (driver_id?: number): Promise<BorrowerRef> => aBorrower(app, driver_id);

/** The expected dry-run response, given the response of the payment. */
const dryRunOf = ({ body }: ApiAnswer<PaymentResponse>): object => ({
  status: 200,
  body: asDryRun(body, [
    body.posting.posting_id,
    ...body.allocations.map(({ allocation_id }) => allocation_id),
  ]),
});

describe('the credit of a driver', () => {
  it('is the sum of the remainders of payments, and the oldest pays first', async () => {
    const account = await aLedgerAccount(app);
    const older = await ledger.pay(account, '30.00');
    const newer = await ledger.pay(account, '50.00');
    expect(newer).toMatchObject({ credit_used: '0.00', remaining_unallocated: '50.00' });
    expect(await ledger.owed(account)).toMatchObject({ unallocated_credit: '80.00' });
    const debt = await ledger.owe(account);
    const answer = await ledger.pay(account, '45.00');
    expect(answer).toMatchObject({
      total_payment: '45.00',
      total_allocated: '20.00',
      credit_used: '0.00',
      remaining_unallocated: '25.00',
    });
    expect(await ledger.owed(account)).toMatchObject({ unallocated_credit: '25.00' });
    expect(await ledger.balance(debt.balance_id)).toMatchObject({
      status: 'CLOSED',
      allocations: [
        { payment_posting_id: older.posting.posting_id, amount_allocated: '30.00' },
        { payment_posting_id: newer.posting.posting_id, amount_allocated: '50.00' },
        { payment_posting_id: answer.posting.posting_id, amount_allocated: '20.00' },
      ],
    });
  });

  it('pays obligations under other leases of the driver, but not those of another driver', async () => {
    const account = await aLedgerAccount(app);
    await ledger.pay(account, '30.00');
    const sameDriver = await aLedgerAccount(app, account.driver_id);
    expect(await ledger.owe(sameDriver)).toMatchObject({ payment_applied: '30.00' });
    await ledger.pay(account, '100.00');
    expect(await ledger.owe(await aLedgerAccount(app))).toMatchObject({ payment_applied: '0.00' });
    expect(await ledger.owed(sameDriver)).toMatchObject({ unallocated_credit: '30.00' });
  });

  it('waits while a balance is disputed, and pays it when the dispute is resolved', async () => {
    const account = await aLedgerAccount(app);
    const debt = await ledger.owe(account);
    await ledger.dispute('dispute', debt.balance_id);
    expect(await ledger.pay(account, '60.00')).toMatchObject({ allocations: [] });
    expect(await ledger.dispute('resolve', debt.balance_id)).toMatchObject({ payment_applied: '60.00' });
    expect(await ledger.pay(account, '1.00')).toMatchObject({ credit_used: '0.00', total_allocated: '1.00' });
  });

  it('is part of the response of a dry run, which writes nothing', async () => {
    const account = await aLedgerAccount(app);
    await ledger.pay(account, '30.00');
    await ledger.owe(account);
    const source = { source_id: 'DRY-RUN-BY-HIERARCHY' };
    const before = await dumpLedgerTables(app.db);
    const { status, body } = await ledger.tryToPay(account, '20.00', { ...source, dry_run: true });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    const paid = await ledger.tryToPay(account, '20.00', source);
    expect({ status, body }).toEqual(dryRunOf(paid));
  });
});

describe('the posting of a payment', () => {
  const posting = (id: string): Promise<ApiAnswer<PostingDetailResponse>> =>
    app.as('FINANCE').get<PostingDetailResponse>(`/ledger/postings/${id}`);

  it('lists each balance that it paid, its refunded amount and its remaining credit', async () => {
    const account = await anAccount();
    const fee = await ledger.owe(account, { amount: '20.00', reference_id: 'PAID-FEE' });
    const paid = await ledger.pay(account, '90.00');
    const toll = await ledger.owe(account, {
      category: 'EZPASS',
      amount: '30.00',
      reference_id: 'PAID-TOLL',
    });
    await ledger.refund(account, '15.00');
    const { body } = await posting(paid.posting.posting_id);
    expect(body).toMatchObject({
      kind: 'PAYMENT',
      amount: '90.00',
      allocations: [
        {
          balance_id: fee.balance_id,
          reference_id: 'PAID-FEE',
          category: 'LEASE',
          amount_allocated: '20.00',
        },
        {
          balance_id: toll.balance_id,
          reference_id: 'PAID-TOLL',
          category: 'EZPASS',
          amount_allocated: '30.00',
        },
      ],
      refunded: '15.00',
      left_over: '25.00',
    });
    expect(body.allocations[0]).toMatchObject({ lease_id: account.lease_id, due_date: fee.due_date });
  });

  it('shows for a voided payment what the void reversed, and no remaining credit', async () => {
    const account = await anAccount();
    const { balance_id } = await ledger.owe(account, { amount: '20.00' });
    const paid = await ledger.pay(account, '50.00');
    await ledger.void(paid.posting.posting_id);
    expect((await posting(paid.posting.posting_id)).body).toMatchObject({
      status: 'VOIDED',
      allocations: [{ balance_id, amount_allocated: '20.00' }],
      left_over: '0.00',
    });
  });

  it('has neither allocations nor credit if it is a charge', async () => {
    const { posting_id } = await ledger.owe(await anAccount());
    expect((await posting(posting_id)).body).toMatchObject({
      allocations: [],
      refunded: null,
      left_over: null,
    });
  });
});

describe('a targeted payment', () => {
  it('pays the named balances, then the lease fee, oldest first, then by hierarchy', async () => {
    const account = await aLedgerAccount(app);
    const tax = await ledger.owe(account, { category: 'TAXES', amount: '20.00' });
    const fee = await ledger.owe(account, { amount: '20.00', due_date: '2025-11-15' });
    const olderFee = await ledger.owe(account, { amount: '20.00' });
    const deposit = await ledger.owe(account, { category: 'DEPOSITS', amount: '20.00' });
    const toll = await ledger.owe(account, { category: 'EZPASS', amount: '20.00' });
    const answer = await ledger.target(account, '80.00', [
      [deposit.balance_id, '20.00'],
      [toll.balance_id, '5.00'],
    ]);
    expect(answer.posting).toMatchObject({ posting_type: 'CREDIT', description: 'Targeted payment' });
    expect(
      answer.allocations.map((part) => [part.balance_id, part.amount_allocated, part.allocation_reason]),
    ).toEqual([
      [deposit.balance_id, '20.00', 'NAMED'],
      [toll.balance_id, '5.00', 'NAMED'],
      [olderFee.balance_id, '20.00', 'REST'],
      [fee.balance_id, '20.00', 'REST'],
      [tax.balance_id, '15.00', 'REST'],
    ]);
    expect(answer).toMatchObject({ total_allocated: '80.00', remaining_unallocated: '0.00' });
  });

  it('leaves earlier credits if nothing else is payable, and returns its own remainder', async () => {
    const account = await aLedgerAccount(app);
    await ledger.pay(account, '30.00');
    const debt = await ledger.owe(account, { category: 'DEPOSITS' });
    const answer = await ledger.target(account, '120.00', [[debt.balance_id, '99.00']]);
    expect(answer).toMatchObject({
      total_allocated: '99.00',
      credit_used: '0.00',
      remaining_unallocated: '21.00',
    });
    expect(await ledger.owed(account)).toMatchObject({
      outstanding_balance: '1.00',
      unallocated_credit: '51.00',
    });
  });

  it('returns the same in a dry run, which writes nothing', async () => {
    const account = await aLedgerAccount(app);
    const parts = [[(await ledger.owe(account)).balance_id, '40.00']] as const;
    const source = { source_id: 'DRY-RUN-TARGETED' };
    const before = await dumpLedgerTables(app.db);
    const { status, body } = await ledger.tryToTarget(account, '70.00', parts, { ...source, dry_run: true });
    expect(await dumpLedgerTables(app.db)).toEqual(before);
    const paid = await ledger.tryToTarget(account, '70.00', parts, source);
    expect({ status, body }).toEqual(dryRunOf(paid));
    expectProblem(await ledger.tryToTarget(account, '1.00', parts, source), 409, 'SOURCE_ALREADY_POSTED');
  });

  it('is rejected for balances that it cannot pay, and writes nothing', async () => {
    const account = await aLedgerAccount(app);
    const [debt, closed, disputed, voided] = [
      await ledger.owe(account),
      await ledger.owe(account, { category: 'TAXES' }),
      await ledger.owe(account),
      await ledger.owe(account),
    ];
    const foreign = await ledger.owe(await aLedgerAccount(app, account.driver_id));
    await ledger.target(account, '100.00', [[closed.balance_id, '100.00']]);
    await ledger.dispute('dispute', disputed.balance_id);
    await ledger.void(voided.posting_id);
    const before = await dumpLedgerTables(app.db);
    const cases = [
      ['LB-2025-999999', '1.00', 400, 'BALANCE_UNKNOWN', 'balance_id'],
      [foreign.balance_id, '1.00', 400, 'BALANCE_LEASE_MISMATCH', 'balance_id'],
      [closed.balance_id, '1.00', 409, 'BALANCE_NOT_OPEN', null],
      [disputed.balance_id, '1.00', 409, 'BALANCE_NOT_OPEN', null],
      [voided.balance_id, '1.00', 409, 'BALANCE_NOT_OPEN', null],
      [debt.balance_id, '100.01', 400, 'ALLOCATION_EXCEEDS_BALANCE', 'amount'],
      [debt.balance_id, '0.00', 400, 'VALIDATION_FAILED', 'amount'],
    ] as const;
    for (const [balanceId, amount, status, code, field] of cases) {
      const answer = await ledger.tryToTarget(account, '500.00', [[balanceId, amount]]);
      const { errors } = expectProblem(answer, status, code);
      expect(errors?.map((error) => error.field)).toEqual(field ? [`allocations.0.${field}`] : undefined);
    }
    const twice = [
      [debt.balance_id, '1.00'],
      [debt.balance_id, '2.00'],
    ] as const;
    expectProblem(await ledger.tryToTarget(account, '9.00', twice), 400, 'DUPLICATE_BALANCE');
    const tooMuch = await ledger.tryToTarget(account, '50.00', [[debt.balance_id, '50.01']]);
    expectProblem(tooMuch, 400, 'ALLOCATIONS_EXCEED_PAYMENT');
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });

  it('is rejected for a lease of another driver, an invalid week and a reserved source type', async () => {
    const account = await aLedgerAccount(app);
    const parts = [[(await ledger.owe(account)).balance_id, '1.00']] as const;
    const tryTo = (more: object) => ledger.tryToTarget(account, '5.00', parts, more);
    expectProblem(await tryTo({ lease_id: 2_147_483_647 }), 400, 'LEASE_DRIVER_MISMATCH');
    expectProblem(await tryTo({ payment_period_start: '2025-11-03' }), 400, 'PERIOD_NOT_A_PAYMENT_WEEK');
    expectProblem(await tryTo({ source_type: 'LOAN_INSTALLMENT' }), 400, 'SOURCE_TYPE_RESERVED');
    expectFieldErrors(await tryTo({ amount: '0.00' }), 'amount');
    const manager = await app.as('MANAGER').post('/ledger/payments/targeted', {});
    expectProblem(manager, 403, 'PERMISSION_MISSING');
  });

  it.each([
    [undefined, ['allocations']],
    [[], ['allocations']],
    ['LB-2025-000001', ['allocations']],
    [[7], ['allocations.0']],
    [[null], ['allocations.0']],
    [[[]], ['allocations.0']],
    [[{ balance_id: 'LB-2025-000001' }], ['allocations.0.amount']],
    [[{ amount: '1.00' }], ['allocations.0.balance_id']],
    [[{ balance_id: 'LB-2025-000001', amount: '1.001' }], ['allocations.0.amount']],
    [[{ balance_id: 'LB-2025-000001', amount: '1.00', note: 'x' }], ['allocations.0.note']],
    [Array.from({ length: 101 }, (_, n) => ({ balance_id: `LB-${n}`, amount: '1.00' })), ['allocations']],
  ])('rejects the allocations %j', async (allocations, fields) => {
    expectFieldErrors(
      await ledger.tryToTarget(await aLedgerAccount(app), '5.00', [], { allocations }),
      ...fields,
    );
  });
});
