import type {
  BalanceDetailResponse,
  BalanceResponse,
  OpenBalancesResponse,
} from '../../src/modules/ledger/balances/balance.response.js';
import { asDryRun } from '../support/as-dry-run.js';
import { aLease } from '../support/factories.js';
import type { LeaseRow } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import {
  NOW,
  app,
  finance,
  clerk,
  paymentOf,
  recorded,
  pay,
  rowsInLedger,
  useLedgerRequests,
} from './support/ledger-requests-fixture.js';

useLedgerRequests();

describe('a payment by hierarchy', () => {
  it('creates a CREDIT, and returns what it paid by category, oldest first', async () => {
    const lease = await aLease(app);
    const due = async (category: string, amount: string, due_date?: string): Promise<BalanceResponse> =>
      recorded(lease, { category, amount, due_date });
    const misc = await due('MISC', '10.00');
    const fee = await due('LEASE', '20.00', '2025-11-15');
    const olderFee = await due('LEASE', '30.00', '2025-11-03');
    const tax = await due('TAXES', '40.00');
    const answer = await pay(paymentOf(lease, '85.50', { source_id: 'EARN-1' }));
    expect(answer.status).toBe(201);
    const part = (balance: BalanceResponse, amount_allocated: string, outstanding_after: string): object => ({
      allocation_id: expect.stringMatching(/^PA-2025-\d{6}$/),
      payment_posting_id: expect.stringMatching(/^LP-2025-\d{6}$/),
      balance_id: balance.balance_id,
      category: balance.category,
      reference_id: balance.reference_id,
      due_date: balance.due_date,
      amount_allocated,
      outstanding_after,
      allocation_type: 'HIERARCHY',
      allocation_reason: 'HIERARCHY',
    });
    expect(answer.body).toEqual({
      dry_run: false,
      posting: {
        posting_id: expect.stringMatching(/^LP-2025-\d{6}$/),
        driver_id: lease.driver_id,
        lease_id: lease.id,
        vehicle_id: lease.vehicle_id,
        medallion_id: lease.medallion_id,
        posting_type: 'CREDIT',
        kind: 'PAYMENT',
        category: 'EARNINGS',
        amount: '85.50',
        source_type: 'WEEKLY_EARNINGS',
        source_id: 'EARN-1',
        payment_method: 'EARNINGS',
        received_on: '2025-11-05',
        payment_period_start: '2025-11-02',
        payment_period_end: '2025-11-08',
        status: 'POSTED',
        posted_at: new Date(NOW).toISOString(),
        posted_by: clerk,
        voided_by_posting_id: null,
        reverses_posting_id: null,
        voided_at: null,
        void_reason: null,
        description: expect.any(String),
        notes: null,
      },
      total_payment: '85.50',
      total_allocated: '85.50',
      credit_used: '0.00',
      remaining_unallocated: '0.00',
      allocations: [part(tax, '40.00', '0.00'), part(olderFee, '30.00', '0.00'), part(fee, '15.50', '4.50')],
    });
    expect((await finance.get(`/ledger/balances/${misc.balance_id}`)).body).toEqual({
      ...misc,
      allocations: [],
      disputes: [],
    });

    const [, , allocation] = answer.body.allocations;
    const detail = await finance.get<BalanceDetailResponse>(`/ledger/balances/${fee.balance_id}`);
    expect(detail.body).toEqual({
      ...fee,
      payment_applied: '15.50',
      outstanding_balance: '4.50',
      allocations: [
        {
          allocation_id: allocation?.allocation_id,
          payment_posting_id: answer.body.posting.posting_id,
          kind: 'PAYMENT',
          amount_allocated: '15.50',
          allocation_type: 'HIERARCHY',
          allocated_at: new Date(NOW).toISOString(),
        },
      ],
      disputes: [],
    });
    expect((await finance.get(`/ledger/balances/${tax.balance_id}`)).body).toMatchObject({
      status: 'CLOSED',
      outstanding_balance: '0.00',
    });
  });

  it('returns the remainder that pays nothing, and does not pay deposits', async () => {
    const lease = await aLease(app);
    await recorded(lease, { category: 'DEPOSITS', amount: '100.00' });
    await recorded(lease, { category: 'TLC', amount: '5.00' });
    expect((await pay(paymentOf(lease, 12))).body).toMatchObject({
      total_payment: '12.00',
      total_allocated: '5.00',
      remaining_unallocated: '7.00',
      allocations: [{ category: 'TLC' }],
    });
  });

  it('returns the same in a dry run, which writes nothing', async () => {
    const lease = await aLease(app);
    await recorded(lease);
    const [before, body] = [await rowsInLedger(), paymentOf(lease, '50.00')];
    const dryRun = await pay({ ...body, dry_run: true });
    expect(await rowsInLedger()).toBe(before);
    const real = await pay({ ...body, dry_run: false });
    const { posting, allocations } = real.body;
    const made = [posting.posting_id, ...allocations.map(({ allocation_id }) => allocation_id)];
    expect(dryRun).toMatchObject({ status: 200, body: asDryRun(real.body, made) });
  });

  it('is accepted once per source', async () => {
    const lease = await aLease(app);
    const body = paymentOf(lease, '5.00');
    expect((await pay(body)).status).toBe(201);
    expect(expectProblem(await pay(body), 409, 'SOURCE_ALREADY_POSTED').errors).toMatchObject([
      { field: 'source_id' },
    ]);
    expectProblem(await pay({ ...body, dry_run: true }), 409, 'SOURCE_ALREADY_POSTED');
  });

  it.each([
    ['lease_id', 2_147_483_647, 'LEASE_DRIVER_MISMATCH'],
    ['driver_id', 2_147_483_647, 'LEASE_DRIVER_MISMATCH'],
    ['payment_period_start', '2025-11-04', 'PERIOD_NOT_A_PAYMENT_WEEK'],
    ['payment_period_start', '9999-12-26', 'PERIOD_NOT_A_PAYMENT_WEEK'],
  ])('is rejected with %s %j', async (field, value, code) => {
    expectProblem(await pay(paymentOf(await aLease(app), '5.00', { [field]: value })), 400, code);
  });

  it.each([
    ['amount', '0.00'],
    ['amount', -5],
    ['source_type', 'weekly'],
    ['source_id', ' '],
    ['dry_run', null],
    ['dry_run', 'false'],
    ['payment_period_end', '2025-11-08'],
  ])('is invalid with %s %j', async (field, value) => {
    expectFieldErrors(await pay(paymentOf(await aLease(app), '5.00', { [field]: value })), field);
  });
});

describe('GET /ledger/balances/driver/:driver_id/lease/:lease_id', () => {
  const owed = async ({ driver_id, id }: LeaseRow): Promise<OpenBalancesResponse> =>
    (await finance.get<OpenBalancesResponse>(`/ledger/balances/driver/${driver_id}/lease/${id}`)).body;

  it('returns open balances in the order of payment and totals by category, deposits last', async () => {
    const lease = await aLease(app);
    const categories = [
      'DEPOSITS',
      'MISC',
      'LOANS',
      'REPAIRS',
      'TLC',
      'PVB',
      'LEASE',
      'EZPASS',
      'TAXES',
      'LEASE',
    ];
    for (const category of categories) await recorded(lease, { category, amount: '10.10' });
    await recorded(lease, { category: 'TAXES', amount: '1.00', due_date: '2025-11-02' });
    const other = await recorded(await aLease(app, { driver_id: lease.driver_id }), { category: 'TAXES' });
    await pay(paymentOf(lease, '6.00'));
    const open = await owed(lease);
    expect(open).toMatchObject({
      driver_id: lease.driver_id,
      lease_id: lease.id,
      outstanding_balance: '96.00',
      categories: [
        { category: 'TAXES', open_balances: 1, outstanding_balance: '5.10' },
        { category: 'EZPASS', open_balances: 1, outstanding_balance: '10.10' },
        { category: 'LEASE', open_balances: 2, outstanding_balance: '20.20' },
        { category: 'PVB', open_balances: 1, outstanding_balance: '10.10' },
        { category: 'TLC', open_balances: 1, outstanding_balance: '10.10' },
        { category: 'REPAIRS', open_balances: 1, outstanding_balance: '10.10' },
        { category: 'LOANS', open_balances: 1, outstanding_balance: '10.10' },
        { category: 'MISC', open_balances: 1, outstanding_balance: '10.10' },
        { category: 'DEPOSITS', open_balances: 1, outstanding_balance: '10.10' },
      ],
    });
    expect(open.balances.map(({ category }) => category)).toEqual([
      ...['TAXES', 'EZPASS', 'LEASE', 'LEASE', 'PVB', 'TLC', 'REPAIRS', 'LOANS', 'MISC', 'DEPOSITS'],
    ]);
    const paid = (await pay(paymentOf(lease, '500.00', { dry_run: true }))).body;
    expect(paid.allocations.map(({ balance_id }) => balance_id)).toEqual([
      ...open.balances.slice(0, -1).map(({ balance_id }) => balance_id),
      // paid from the remainder
      other.balance_id,
    ]);
  });

  it('returns empty lists when nothing is open', async () => {
    expect(await owed(await aLease(app))).toMatchObject({
      outstanding_balance: '0.00',
      categories: [],
      balances: [],
    });
  });

  it('returns 404 for a lease of another driver', async () => {
    const lease = await aLease(app);
    const other = await aLease(app);
    const path = `/ledger/balances/driver/${other.driver_id}/lease/${lease.id}`;
    expectProblem(await finance.get(path), 404, 'LEASE_NOT_FOUND');
  });

  it('requires integer ids', async () => {
    expectFieldErrors(await finance.get('/ledger/balances/driver/x/lease/0'), 'driver_id', 'lease_id');
  });
});
