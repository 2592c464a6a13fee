import { Money } from '../../../src/kernel/money/money.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import type { BorrowerRef } from '../../support/borrower-ref.js';
import { aBorrower, aLoan } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

const WEEK = '2025-11-02';

let app: TestApp;
let ledger: LedgerClient;
let borrower: BorrowerRef;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-02T09:00:00-05:00', env: { DATABASE_POOL_SIZE: '10' } });
  ledger = new LedgerClient(app);
});

beforeEach(async () => {
  borrower = await aBorrower(app);
});

afterEach(() => expectLedgerInvariants(app.db));

afterAll(() => app.close());

const sum = (amounts: readonly string[]): string =>
  Money.sum(amounts.map((amount) => Money.of(amount))).toString();

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('a concurrent payment', () => {
  it('never pays a balance that another payment has paid', async () => {
    for (const _ of numbers(10)) {
      const owing = await aBorrower(app);
      await ledger.owe(owing, { category: 'LEASE', amount: '100.00' });
      const answers = await Promise.all([ledger.tryToPay(owing, '60.00'), ledger.tryToPay(owing, '60.00')]);
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(answers.map(({ body }) => body.remaining_unallocated).sort()).toEqual(['0.00', '20.00']);
    }
  });

  it('is allocated to the cent when eight payments pay a loan and other obligations', async () => {
    const loan = await aLoan(app, { ...borrower, loan_amount: '1500.00', interest_rate: '10.00' });
    await app.as('FINANCE').post('/loans/installments/post', { loan_id: loan.loan_id });
    for (const category of ['MISC', 'TAXES', 'PVB'] as const) {
      await ledger.owe(borrower, { category, amount: '33.33' });
    }
    const owed = sum([loan.installments[0]?.total_due ?? '', '33.33', '33.33', '33.33']);
    const answers = await Promise.all(numbers(8).map(() => ledger.tryToPay(borrower, '50.00')));
    expect(answers.map(({ status }) => status)).toEqual(numbers(8).map(() => 201));
    expect(sum(answers.map(({ body }) => body.total_allocated))).toBe(owed);
    const open = await app.db.query<unknown[]>(
      `SELECT 1 FROM ledger_balances WHERE driver_id = $1 AND status <> 'CLOSED'`,
      [borrower.driver_id],
    );
    expect(open).toEqual([]);
  });

  it('keeps the ledger invariants while installments and obligations are posted', async () => {
    const loans = [];
    for (const _ of numbers(3)) loans.push(await aLoan(app, { ...borrower, start_week: WEEK }));
    const answers = await Promise.all([
      app.as('FINANCE').post('/loans/installments/post', {}),
      ...numbers(4).map(() => ledger.tryToPay(borrower, '40.00')),
      ledger.owe(borrower, { category: 'TAXES', amount: '70.00' }),
    ]);
    expect(answers).toHaveLength(6);
    const [row] = await app.db.query<[{ owed: string; applied: string }]>(
      `SELECT sum(original_amount) AS owed, sum(payment_applied) AS applied
       FROM ledger_balances WHERE driver_id = $1`,
      [borrower.driver_id],
    );
    expect(row.owed).toBe('370.00');
  });
});

describe('a payment that arrives twice', () => {
  it('is recorded once when both requests arrive at the same time, and the other is rejected', async () => {
    for (const round of numbers(10)) {
      await ledger.owe(borrower, { category: 'LEASE', amount: '25.00' });
      const once = { source_id: `EARN-TWICE-${round}` };
      const answers = await Promise.all([
        ledger.tryToPay(borrower, '25.00', once),
        ledger.tryToPay(borrower, '25.00', once),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
        code: 'SOURCE_ALREADY_POSTED',
      });
    }
    const [row] = await app.db.query<[{ paid: string }]>(
      `SELECT sum(amount) AS paid FROM ledger_postings WHERE driver_id = $1 AND posting_type = 'CREDIT'`,
      [borrower.driver_id],
    );
    expect(row.paid).toBe('250.00');
  });

  it('is recorded once even when the requests name different drivers', async () => {
    const other = await aBorrower(app);
    const once = { source_id: 'EARN-TWO-DRIVERS' };
    const answers = await Promise.all([
      ledger.tryToPay(borrower, '25.00', once),
      ledger.tryToPay(other, '25.00', once),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('conflicts with an obligation that is recorded under the same source at the same time', async () => {
    const source = 'SHARED-SOURCE';
    const debt = app.as('FINANCE').post('/ledger/obligations', {
      ...borrower,
      category: 'MISC',
      amount: '5.00',
      reference_type: 'WEEKLY_EARNINGS',
      reference_id: source,
      payment_period_start: WEEK,
    });
    const answers = await Promise.all([debt, ledger.tryToPay(borrower, '5.00', { source_id: source })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});
