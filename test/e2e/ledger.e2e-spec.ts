import type {
  BalanceDetailResponse,
  BalanceResponse,
  ObligationResponse,
  OpenBalancesResponse,
} from '../../src/modules/ledger/http/balance.response.js';
import type { PaymentResponse } from '../../src/modules/ledger/http/payment.response.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { asDryRun } from '../support/as-dry-run.js';
import { aDriver, aLease, aLoan } from '../support/factories.js';
import type { LeaseRow } from '../support/factories.js';
import { expectFieldsRefused, expectRefusal } from '../support/refusal.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const NOW = '2025-11-05T09:00:00-05:00';

let app: TestApp;
let finance: ApiClient;
let clerk: number;

beforeAll(async () => {
  app = await startTestApp({ now: NOW });
  finance = app.as('FINANCE');
  clerk = (await finance.get<{ id: number }>('/auth/me')).body.id;
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(NOW));

let sources = 0;
const nextSource = (): string => `SOURCE-${(sources += 1)}`;

const obligationOf = ({ driver_id, id }: LeaseRow, more: object = {}): object => ({
  driver_id,
  lease_id: id,
  category: 'LEASE',
  amount: '450.00',
  reference_type: 'LEASE_FEE',
  reference_id: nextSource(),
  payment_period_start: '2025-11-02',
  ...more,
});

const paymentOf = ({ driver_id, id }: LeaseRow, amount: string | number, more: object = {}): object => ({
  driver_id,
  lease_id: id,
  amount,
  payment_period_start: '2025-11-02',
  source_type: 'WEEKLY_EARNINGS',
  source_id: nextSource(),
  ...more,
});

const record = (body: object): Promise<ApiAnswer<ObligationResponse>> =>
  finance.post<ObligationResponse>('/ledger/obligations', body);

const recorded = async (lease: LeaseRow, more: object = {}): Promise<BalanceResponse> => {
  const answer = await record(obligationOf(lease, more));
  expect(answer.status).toBe(201);
  return answer.body.balance;
};

const pay = (body: object): Promise<ApiAnswer<PaymentResponse>> =>
  finance.post<PaymentResponse>('/ledger/payments', body);

const rowsInLedger = async (): Promise<number> => {
  const [row] = await app.db.query<[{ count: number }]>(
    `SELECT ((SELECT count(*) FROM ledger_postings) + (SELECT count(*) FROM ledger_balances)
             + (SELECT count(*) FROM payment_allocations))::integer AS count`,
  );
  return row.count;
};

describe('an obligation', () => {
  it('creates a DEBIT and its OPEN balance', async () => {
    const lease = await aLease(app);
    const answer = await record(
      obligationOf(lease, { reference_id: 'LEASE-17-2025-11-02', description: 'Week of 2025-11-02' }),
    );
    expect(answer.status).toBe(201);
    const week = { payment_period_start: '2025-11-02', payment_period_end: '2025-11-08' };
    const owner = { driver_id: lease.driver_id, lease_id: lease.id };
    const { posting, balance } = answer.body;
    expect(posting).toEqual({
      ...owner,
      ...week,
      posting_id: expect.stringMatching(/^LP-2025-\d{6}$/),
      vehicle_id: lease.vehicle_id,
      medallion_id: lease.medallion_id,
      posting_type: 'DEBIT',
      kind: 'CHARGE',
      category: 'LEASE',
      amount: '450.00',
      source_type: 'LEASE_FEE',
      source_id: 'LEASE-17-2025-11-02',
      payment_method: null,
      received_on: null,
      status: 'POSTED',
      posted_at: new Date(NOW).toISOString(),
      posted_by: clerk,
      voided_by_posting_id: null,
      reverses_posting_id: null,
      voided_at: null,
      void_reason: null,
      description: 'Week of 2025-11-02',
      notes: null,
    });
    expect(balance).toEqual({
      ...owner,
      ...week,
      balance_id: expect.stringMatching(/^LB-2025-\d{6}$/),
      posting_id: posting.posting_id,
      category: 'LEASE',
      reference_type: 'LEASE_FEE',
      reference_id: 'LEASE-17-2025-11-02',
      original_amount: '450.00',
      payment_applied: '0.00',
      outstanding_balance: '450.00',
      due_date: '2025-11-08',
      status: 'OPEN',
      description: 'Week of 2025-11-02',
    });
    expect((await finance.get(`/ledger/postings/${posting.posting_id}`)).body).toEqual(posting);
    expect((await finance.get(`/ledger/balances/${balance.balance_id}`)).body).toEqual({
      ...balance,
      allocations: [],
      disputes: [],
    });
  });

  it.each(['TAXES', 'EZPASS', 'LEASE', 'PVB', 'TLC', 'REPAIRS', 'LOANS', 'DEPOSITS', 'MISC'])(
    'can have the category %s',
    async (category) => {
      const answer = await record(obligationOf(await aLease(app), { category }));
      expect(answer).toMatchObject({ status: 201, body: { posting: { category }, balance: { category } } });
    },
  );

  it.each(['EARNINGS', 'FINES', 'lease', '', null, ['LEASE']])(
    'cannot have the category %j',
    async (category) => {
      expectFieldsRefused(await record(obligationOf(await aLease(app), { category })), 'category');
    },
  );

  it('accepts the amount as a number, a separate due date and a null description', async () => {
    const more = { amount: 0.1, due_date: '2025-12-24', payment_period_end: '2025-11-08', description: null };
    const balance = await recorded(await aLease(app), more);
    expect(balance).toMatchObject({ original_amount: '0.10', due_date: '2025-12-24', description: null });
  });

  it('can be recorded after the lease has ended and the driver has left', async () => {
    const driver_id = (await aDriver(app, { status: 'INACTIVE' })).id;
    expect(await recorded(await aLease(app, { driver_id, status: 'TERMINATED' }))).toMatchObject({
      status: 'OPEN',
    });
  });

  it('is recorded once per source, also by two simultaneous requests', async () => {
    const lease = await aLease(app);
    const reference_id = nextSource();
    const answers = await Promise.all([1, 2].map(() => record(obligationOf(lease, { reference_id }))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const again = await record(obligationOf(await aLease(app), { reference_id, amount: '1.00' }));
    expect(expectRefusal(again, 409, 'SOURCE_ALREADY_POSTED').detail).toBe(
      `The ledger already holds a standing posting for LEASE_FEE ${reference_id}.`,
    );
    await recorded(lease, { reference_id, reference_type: 'LATE_FEE' });
    expect((await finance.get(`/ledger/balances?reference_id=${reference_id}`)).body).toMatchObject({
      total: 2,
    });
  });

  it.each([
    [
      { payment_period_start: '2025-11-03' },
      'payment_period_start',
      '2025-11-03 is not a Sunday; the nearest Sundays are 2025-11-02 and 2025-11-09.',
    ],
    [
      { payment_period_end: '2025-11-15' },
      'payment_period_end',
      'The payment week of 2025-11-02 ends on 2025-11-08, not on 2025-11-15.',
    ],
    [{ payment_period_start: '9999-12-26' }, 'payment_period_start', expect.stringContaining('9999-12-26')],
  ])('is rejected for a period that is not a payment week: %j', async (period, field, sentence) => {
    const before = await rowsInLedger();
    const problem = expectRefusal(
      await record(obligationOf(await aLease(app), period)),
      400,
      'PERIOD_NOT_A_PAYMENT_WEEK',
    );
    expect(problem).toMatchObject({ detail: sentence, errors: [{ field, message: sentence }] });
    expect(await rowsInLedger()).toBe(before);
  });

  it('is rejected for a lease of another driver and for an unknown driver', async () => {
    const [lease, other] = [await aLease(app), await aLease(app)];
    for (const wrong of [{ lease_id: other.id }, { lease_id: 2_147_483_647 }, { driver_id: 2_147_483_647 }]) {
      const body = { driver_id: lease.driver_id, lease_id: lease.id, ...wrong };
      const problem = expectRefusal(await record(obligationOf(lease, wrong)), 400, 'LEASE_OF_OTHER_DRIVER');
      expect(problem.detail).toBe(`Driver ${body.driver_id} has no lease ${body.lease_id}.`);
    }
  });

  it('cannot use the source type of loan installments, nor can a payment', async () => {
    const { installments, driver_id, lease_id } = await aLoan(app);
    const lease = { driver_id, id: lease_id } as LeaseRow;
    const reference_id = installments[0]?.installment_id;
    const posing = { category: 'LOANS', reference_type: 'LOAN_INSTALLMENT', reference_id };
    expect(
      expectRefusal(await record(obligationOf(lease, posing)), 400, 'SOURCE_TYPE_RESERVED').errors,
    ).toEqual([expect.objectContaining({ field: 'reference_type' })]);
    const payment = paymentOf(lease, '1.00', { source_type: 'LOAN_INSTALLMENT', source_id: reference_id });
    expectRefusal(await pay(payment), 400, 'SOURCE_TYPE_RESERVED');
    const run = await finance.post('/loans/installments/post', {});
    expect(run.body).toMatchObject({ success: true, installments_posted: 1 });
  });

  it.each(['VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND'])(
    'cannot use the reserved source type %s, nor can a payment',
    async (type) => {
      const lease = await aLease(app);
      const problem = await record(obligationOf(lease, { reference_type: type }));
      expectRefusal(problem, 400, 'SOURCE_TYPE_RESERVED');
      expectRefusal(await pay(paymentOf(lease, '1.00', { source_type: type })), 400, 'SOURCE_TYPE_RESERVED');
    },
  );

  it.each([
    'driver_id',
    'lease_id',
    'category',
    'amount',
    'reference_type',
    'reference_id',
    'payment_period_start',
  ])('is rejected without its %s', async (field) => {
    expectFieldsRefused(await record(obligationOf(await aLease(app), { [field]: undefined })), field);
  });

  it.each([
    ['amount', 0],
    ['amount', '0.00'],
    ['amount', '10000000000.00'],
    ['driver_id', '1'],
    ['lease_id', -1],
    ['reference_type', 'lease fee'],
    ['reference_type', 'X'.repeat(41)],
    ['reference_type', 'X\n'],
    ['reference_id', ''],
    ['reference_id', '   '],
    ['reference_id', 'a\u0000'],
    ['reference_id', 17],
    ['payment_period_start', '2025-11-31'],
    ['payment_period_end', null],
    ['due_date', '2025-02-29'],
    ['description', 'a\u001b[2J'],
    ['status', 'CLOSED'],
  ])('is rejected with %s %j', async (field, value) => {
    const before = await rowsInLedger();
    expectFieldsRefused(await record(obligationOf(await aLease(app), { [field]: value })), field);
    expect(await rowsInLedger()).toBe(before);
  });
});

describe('a payment by hierarchy', () => {
  it('creates a CREDIT, and answers what it paid by category, oldest first', async () => {
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
        payment_method: 'OTHER',
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

  it('answers the remainder that pays nothing, and does not pay deposits', async () => {
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

  it('answers the same in a dry run, which writes nothing', async () => {
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
    expectRefusal(await pay(body), 409, 'SOURCE_ALREADY_POSTED');
    expectRefusal(await pay({ ...body, dry_run: true }), 409, 'SOURCE_ALREADY_POSTED');
  });

  it.each([
    ['lease_id', 2_147_483_647, 'LEASE_OF_OTHER_DRIVER'],
    ['driver_id', 2_147_483_647, 'LEASE_OF_OTHER_DRIVER'],
    ['payment_period_start', '2025-11-04', 'PERIOD_NOT_A_PAYMENT_WEEK'],
    ['payment_period_start', '9999-12-26', 'PERIOD_NOT_A_PAYMENT_WEEK'],
  ])('is rejected with %s %j', async (field, value, code) => {
    expectRefusal(await pay(paymentOf(await aLease(app), '5.00', { [field]: value })), 400, code);
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
    expectFieldsRefused(await pay(paymentOf(await aLease(app), '5.00', { [field]: value })), field);
  });
});

describe('GET /ledger/balances/driver/:driver_id/lease/:lease_id', () => {
  const owed = async ({ driver_id, id }: LeaseRow): Promise<OpenBalancesResponse> =>
    (await finance.get<OpenBalancesResponse>(`/ledger/balances/driver/${driver_id}/lease/${id}`)).body;

  it('answers open balances in the order of payment and totals by category, deposits last', async () => {
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

  it('answers empty lists when nothing is open', async () => {
    expect(await owed(await aLease(app))).toMatchObject({
      outstanding_balance: '0.00',
      categories: [],
      balances: [],
    });
  });

  it('answers 404 for a lease of another driver', async () => {
    const lease = await aLease(app);
    const other = await aLease(app);
    const path = `/ledger/balances/driver/${other.driver_id}/lease/${lease.id}`;
    expectRefusal(await finance.get(path), 404, 'LEASE_NOT_FOUND');
  });

  it('requires integer ids', async () => {
    expectFieldsRefused(await finance.get('/ledger/balances/driver/x/lease/0'), 'driver_id', 'lease_id');
  });
});
