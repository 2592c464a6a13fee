import { aDriver, aLease, aLoan } from '../support/factories.js';
import type { LeaseRow } from '../support/factories.js';
import { OBLIGATION_CATEGORIES } from '../support/model/categories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import {
  NOW,
  app,
  finance,
  clerk,
  nextSource,
  obligationOf,
  paymentOf,
  record,
  recorded,
  pay,
  rowsInLedger,
  useLedgerRequests,
} from './support/ledger-requests-fixture.js';

useLedgerRequests();

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
    expect((await finance.get(`/ledger/postings/${posting.posting_id}`)).body).toEqual({
      ...posting,
      allocations: [],
      refunded: null,
      left_over: null,
    });
    expect((await finance.get(`/ledger/balances/${balance.balance_id}`)).body).toEqual({
      ...balance,
      allocations: [],
      disputes: [],
    });
  });

  it.each(OBLIGATION_CATEGORIES)('can have the category %s', async (category) => {
    const answer = await record(obligationOf(await aLease(app), { category }));
    expect(answer).toMatchObject({ status: 201, body: { posting: { category }, balance: { category } } });
  });

  it.each(['EARNINGS', 'FINES', 'lease', '', null, ['LEASE']])(
    'cannot have the category %j',
    async (category) => {
      expectFieldErrors(await record(obligationOf(await aLease(app), { category })), 'category');
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
    const message = `Lease fee ${reference_id} is already in the ledger. Use another number, or void the first posting.`;
    expect(expectProblem(again, 409, 'SOURCE_ALREADY_POSTED')).toMatchObject({
      detail: message,
      errors: [{ field: 'reference_id', message }],
    });
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
    const problem = expectProblem(
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
      const problem = expectProblem(await record(obligationOf(lease, wrong)), 400, 'LEASE_DRIVER_MISMATCH');
      expect(problem.detail).toBe(`Driver ${body.driver_id} has no lease ${body.lease_id}.`);
    }
  });

  it('cannot use the source type of loan installments, nor can a payment', async () => {
    const { installments, driver_id, lease_id } = await aLoan(app);
    const lease = { driver_id, id: lease_id } as LeaseRow;
    const reference_id = installments[0]?.installment_id;
    const reservedSource = { category: 'LOANS', reference_type: 'LOAN_INSTALLMENT', reference_id };
    expect(
      expectProblem(await record(obligationOf(lease, reservedSource)), 400, 'SOURCE_TYPE_RESERVED').errors,
    ).toEqual([expect.objectContaining({ field: 'reference_type' })]);
    const payment = paymentOf(lease, '1.00', { source_type: 'LOAN_INSTALLMENT', source_id: reference_id });
    expectProblem(await pay(payment), 400, 'SOURCE_TYPE_RESERVED');
    const run = await finance.post('/loans/installments/post', {});
    expect(run.body).toMatchObject({ success: true, installments_posted: 1 });
  });

  it.each(['VOID', 'WRITE_OFF', 'RECOVERY', 'REFUND'])(
    'cannot use the reserved source type %s, nor can a payment',
    async (type) => {
      const lease = await aLease(app);
      const problem = await record(obligationOf(lease, { reference_type: type }));
      expectProblem(problem, 400, 'SOURCE_TYPE_RESERVED');
      expectProblem(await pay(paymentOf(lease, '1.00', { source_type: type })), 400, 'SOURCE_TYPE_RESERVED');
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
    expectFieldErrors(await record(obligationOf(await aLease(app), { [field]: undefined })), field);
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
    expectFieldErrors(await record(obligationOf(await aLease(app), { [field]: value })), field);
    expect(await rowsInLedger()).toBe(before);
  });
});
