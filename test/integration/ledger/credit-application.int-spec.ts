import fc from 'fast-check';
import { addDays, calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import { Money } from '../../../src/kernel/money/money.js';
import { CATEGORIES } from '../../../src/modules/ledger/account/category.js';
import { allocatePayment } from '../../../src/modules/ledger/payments/payment-allocation.js';
import { CreditApplicationService } from '../../../src/modules/ledger/index.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { aLease } from '../../support/factories.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const DUE = calendarDate('2025-11-08');

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-05T09:00:00-05:00' });
});

afterAll(() => app.close());

interface Line {
  readonly cents: number;
  readonly category: (typeof CATEGORIES)[number];
  readonly due: number;
  /** The index of one of the two leases of the driver */
  readonly side: number;
}

const dollars = (cents: number): string => (cents / 100).toFixed(2);

const INSERT_POSTING = `
  INSERT INTO ledger_postings (posting_id, driver_id, lease_id, posting_type, category, amount, source_type, source_id,
    payment_period_start, payment_period_end, status, posted_at)
  SELECT public_id('LP', 2025, number, 6), $1, $2, $3, $4, $5, 'TEST', number, '2025-11-02', '2025-11-08', 'POSTED', now()
  FROM (SELECT coalesce(max(id), 0) + 1 AS number FROM ledger_postings) AS next
  RETURNING id, posting_id`;

async function insertPosting(driver: number, lease: number, type: string, category: string, cents: number) {
  const rows = await app.db.query<[{ id: string; posting_id: string }]>(INSERT_POSTING, [
    driver,
    lease,
    type,
    category,
    dollars(cents),
  ]);
  return rows[0];
}

async function insertBalance(driver: number, lease: number, line: Line) {
  const { id, posting_id } = await insertPosting(driver, lease, 'DEBIT', line.category, line.cents);
  const dueDate = addDays(DUE, line.due);
  await app.db.query(
    `INSERT INTO ledger_balances (posting_id, balance_id, driver_id, lease_id, category, reference_type, reference_id,
       original_amount, outstanding_balance, payment_period_start, payment_period_end, due_date, status, created_on,
       updated_on)
     VALUES ($1::bigint, 'LB-' || $1::bigint, $2, $3, $4, 'TEST', $5, $6, $6, '2025-11-02', '2025-11-08', $7, 'OPEN', now(), now())`,
    [id, driver, lease, line.category, posting_id, dollars(line.cents), dueDate],
  );
  return {
    balanceId: `LB-${id}`,
    leaseId: lease,
    category: line.category,
    dueDate,
    age: BigInt(id),
    outstanding: Money.of(dollars(line.cents)),
  };
}

/** A driver with open balances of two leases and unallocated credits. The service itself never leaves both. */
async function aDriverWithBoth(debts: readonly Line[], credits: readonly number[]) {
  const { id, driver_id } = await aLease(app);
  const leases = [id, (await aLease(app, { driver_id })).id] as const;
  const open = [];
  for (const debt of debts) open.push(await insertBalance(driver_id, leases[debt.side] ?? id, debt));
  const funds = [];
  for (const cents of credits) {
    const { posting_id } = await insertPosting(driver_id, id, 'CREDIT', 'EARNINGS', cents);
    funds.push({ postingId: posting_id, amount: Money.of(dollars(cents)) });
  }
  return { driverId: driver_id, leaseId: id, open, credits: funds };
}

describe('the credit application in the database', () => {
  const cents = fc.integer({ min: 1, max: 5_000 });
  const line = fc.record({
    cents,
    category: fc.constantFrom(...CATEGORIES),
    due: fc.integer({ min: -9, max: 9 }),
    side: fc.constantFrom(0, 1),
  });
  const account = fc.tuple(fc.array(line, { maxLength: 7 }), fc.array(cents, { maxLength: 5 }));

  it('pays for many drivers at once the same balances as allocatePayment with a payment of 0.00', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(account, { minLength: 1, maxLength: 4 }), async (accounts) => {
        const drivers: Awaited<ReturnType<typeof aDriverWithBoth>>[] = [];
        for (const [debts, credits] of accounts) drivers.push(await aDriverWithBoth(debts, credits));
        const { allocations, amount } = await app.get(Transactions).run((tx) =>
          app.get(CreditApplicationService).apply(
            tx,
            drivers.map(({ driverId }) => driverId),
          ),
        );
        const expected = drivers.map(({ leaseId, open, credits }) =>
          allocatePayment({
            credits,
            payment: { postingId: 'none', amount: Money.ZERO },
            leaseId,
            targeted: [],
            open,
          }),
        );
        expect(
          allocations.map((part) => [
            part.payment_posting_id,
            part.balance_id,
            part.amount_allocated,
            part.outstanding_after,
          ]),
        ).toEqual(
          expected.flatMap((of) =>
            of.allocations.map((part) => [
              part.paymentPostingId,
              part.balance.balanceId,
              part.amount.toString(),
              part.outstandingAfter.toString(),
            ]),
          ),
        );
        const used = Money.sum(expected.map(({ creditUsed }) => creditUsed));
        expect(amount.toString()).toBe(used.toString());
        await expectLedgerInvariants(app.db);
      }),
      { numRuns: 25 },
    );
  });

  it('pays at service start the balances that an earlier release left open beside a credit', async () => {
    const debt: Line = { cents: 10_000, category: 'LEASE', due: 0, side: 1 };
    const { driverId } = await aDriverWithBoth([debt], [4_000, 7_000]);
    const second = await startTestApp({
      now: '2025-11-05T10:00:00-05:00',
      databaseUrl: app.databaseUrl,
    });
    try {
      const [credit] = await app.db.query<[{ left_over: string }]>(
        'SELECT sum(left_over) AS left_over FROM ledger_credits WHERE driver_id = $1',
        [driverId],
      );
      expect(credit.left_over).toBe('10.00');
      await expectLedgerInvariants(app.db);
    } finally {
      await second.close();
    }
  });
});
