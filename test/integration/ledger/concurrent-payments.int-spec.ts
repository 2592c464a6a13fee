import { Money } from '../../../src/kernel/money/money.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import { aBorrower, aLease, aLoan } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import type { Replicas } from '../../support/replicas.js';
import { onOneDatabase } from '../../support/replicas.js';
import type { TestApp } from '../../support/test-app.js';
import { waitForLockWaiters } from '../../support/wait-for.js';

const NOW = '2025-11-05T09:00:00-05:00';

let replicas: Replicas;
let app: TestApp;
/** Two processes of the service on one database */
let one: LedgerClient;
let other: LedgerClient;

beforeAll(async () => {
  replicas = await onOneDatabase();
  app = await replicas.start({ now: NOW });
  one = new LedgerClient(app);
  const second = await replicas.start({ now: NOW });
  other = new LedgerClient(second);
  // sign in before the concurrent requests start
  await Promise.all([app, second].map((replica) => replica.as('FINANCE').get('/auth/me')));
});

afterAll(() => replicas.close());

afterEach(() => expectLedgerInvariants(app.db));

describe('a concurrent payment for one driver and lease', () => {
  it('allocates every cent once across two processes', async () => {
    const borrower = await aBorrower(app);
    const debts = [await one.owe(borrower), await one.owe(borrower), await one.owe(borrower)];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => (n % 2 ? one : other).tryToPay(borrower, '30.00')),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const { unallocated_credit, outstanding_balance } = await one.owed(borrower);
    expect([unallocated_credit, outstanding_balance]).toEqual(['60.00', '0.00']);
    for (const { balance_id } of debts)
      expect(await one.balance(balance_id)).toMatchObject({ status: 'CLOSED' });
  });

  it('succeeds on one targeted balance until the balance is paid and is rejected after that', async () => {
    const borrower = await aBorrower(app);
    const { balance_id } = await one.owe(borrower, { category: 'DEPOSITS' });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        (n % 2 ? one : other).tryToTarget(borrower, '30.00', [[balance_id, '30.00']]),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([201, 201, 201, 400, 400, 400, 400, 400]);
    expect(await one.balance(balance_id)).toMatchObject({ outstanding_balance: '10.00' });
  });
});

describe('a concurrent payment for two leases of one driver', () => {
  it('pays both leases and leaves a credit only when both leases are paid', async () => {
    for (let round = 0; round < 5; round += 1) {
      const borrower = await aBorrower(app);
      const second = { ...borrower, lease_id: (await aLease(app, { driver_id: borrower.driver_id })).id };
      await Promise.all([one.owe(borrower), other.owe(second), one.owe(second, { category: 'TAXES' })]);
      const answers = await Promise.all([
        one.tryToPay(borrower, '250.00'),
        other.tryToPay(second, '30.00'),
        other.tryToPay(borrower, '60.00'),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      for (const each of [borrower, second]) {
        expect(await one.owed(each)).toMatchObject({
          outstanding_balance: '0.00',
          unallocated_credit: '40.00',
        });
      }
    }
  });
});

describe('a payment that leaves a credit', () => {
  it('pays the installment from its credit when the week is posted at the same time', async () => {
    for (let round = 0; round < 6; round += 1) {
      const loans = [await aLoan(app), await aLoan(app)] as const;
      const [posted, ...paid] = await Promise.all([
        app.as('FINANCE').post('/loans/installments/post', {}),
        one.tryToPay(loans[0], '130.00'),
        other.tryToPay(loans[1], '20.00'),
      ]);
      expect([posted, ...paid].map(({ status }) => status)).toEqual([200, 201, 201]);
      expect([await one.owed(loans[0]), await one.owed(loans[1])]).toMatchObject([
        { outstanding_balance: '0.00', unallocated_credit: '30.00' },
        { outstanding_balance: '80.00', unallocated_credit: '0.00' },
      ]);
    }
  });

  it('uses no cent twice when an obligation and a refund are recorded at the same time', async () => {
    for (let round = 0; round < 6; round += 1) {
      const borrower = await aBorrower(app);
      await one.pay(borrower, '50.00');
      const [owed, paid, refunded] = await Promise.all([
        one.owe(borrower),
        other.tryToPay(borrower, '70.00'),
        other.tryToRefund(borrower, '40.00'),
      ]);
      expect([paid.status, owed.original_amount]).toEqual([201, '100.00']);
      const left = refunded.status === 201 ? ['20.00', '0.00'] : ['0.00', '20.00'];
      const { outstanding_balance, unallocated_credit } = await one.owed(borrower);
      // if the refund comes between the payment and the obligation, 80.00 remain for the obligation of 100.00
      expect([...left].sort()).toEqual([outstanding_balance, unallocated_credit].sort());
    }
  });
});

describe('a void', () => {
  it('runs one after the other with a payment of the same driver', async () => {
    const borrower = await aBorrower(app);
    const { posting_id } = (await one.pay(borrower, '10.00')).posting;
    const hold = app.db.createQueryRunner();
    await hold.startTransaction();
    await hold.query('SELECT 1 FROM drivers WHERE id = $1 FOR NO KEY UPDATE', [borrower.driver_id]);
    let done = 0;
    const both = [one.tryToVoid(posting_id), other.tryToPay(borrower, '5.00')].map(async (answer) => {
      const { status } = await answer;
      done += 1;
      return status;
    });
    await waitForLockWaiters(app.db, 2);
    expect(done).toBe(0);
    await hold.rollbackTransaction();
    await hold.release();
    expect(await Promise.all(both)).toEqual([200, 201]);
  });

  it('happens once when several requests void the same posting', async () => {
    const borrower = await aBorrower(app);
    await one.owe(borrower);
    const { posting_id } = (await one.pay(borrower, '40.00')).posting;
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => (n % 2 ? one : other).tryToVoid(posting_id)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
    expect(await one.owed(borrower)).toMatchObject({ outstanding_balance: '100.00' });
  });

  it('of a payment loses and doubles no cent while other payments are recorded', async () => {
    for (let round = 0; round < 5; round += 1) {
      const borrower = await aBorrower(app);
      await one.owe(borrower);
      await one.owe(borrower, { category: 'TAXES' });
      const { posting_id } = (await one.pay(borrower, '120.00')).posting;
      const answers = await Promise.all([
        one.tryToPay(borrower, '50.00'),
        other.tryToVoid(posting_id),
        other.tryToPay(borrower, '60.00'),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([201, 200, 201]);
      const { outstanding_balance, unallocated_credit } = await one.owed(borrower);
      const totalOwed = Money.of(outstanding_balance).minus(Money.of(unallocated_credit));
      expect(totalOwed.toString()).toBe('90.00');
    }
  });

  it('of an obligation and its payment at the same time succeed only one at a time', async () => {
    for (let round = 0; round < 6; round += 1) {
      const borrower = await aBorrower(app);
      const debt = await one.owe(borrower);
      const [voided, paid] = await Promise.all([
        one.tryToVoid(debt.posting_id),
        other.tryToTarget(borrower, '100.00', [[debt.balance_id, '100.00']]),
      ]);
      expect([
        [200, 409],
        [409, 201],
      ]).toContainEqual([voided.status, paid.status]);
    }
  });

  it('of an installment posting keeps the ledger invariants while the installment is paid, disputed and posted', async () => {
    for (let round = 0; round < 4; round += 1) {
      const loan = await aLoan(app, { loan_amount: '300.00' });
      await app.as('FINANCE').post('/loans/installments/post', {});
      const { body } = await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loan.loan_id}`);
      const debt = await one.balance(body.installments[0]?.ledger_balance_id ?? '');
      const answers = await Promise.all([
        one.tryToVoid(debt.posting_id),
        other.tryToPay(loan, '40.00'),
        app.as('FINANCE').post('/loans/installments/post', {}),
        other.tryToDispute('dispute', debt.balance_id),
      ]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      await app.as('FINANCE').post('/loans/installments/post', {});
      const [active] = await app.db.query<[{ count: string }]>(
        `SELECT count(*) FROM ledger_postings WHERE source_id = $1 AND status = 'POSTED'`,
        [body.installments[0]?.installment_id],
      );
      expect(active.count).toBe('1');
    }
  });
});
