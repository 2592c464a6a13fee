import fc from 'fast-check';
import { addDays, calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import { CATEGORIES, PAYMENT_ORDER } from '../../../src/modules/ledger/account/category.js';
import type { OrderedBalance } from '../../../src/modules/ledger/payments/payment-order.js';
import { inOrderOfPayment } from '../../../src/modules/ledger/payments/payment-order.js';
import { orderOfPayment } from '../../../src/modules/ledger/payments/payment-order.sql.js';
import { aBorrower } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-05T09:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

const WEEK = calendarDate('2025-11-02');

const inSqlOrder = async (balances: readonly OrderedBalance[]): Promise<bigint[]> => {
  const rows = await app.db.query<{ age: string }[]>(
    `SELECT b.posting_id AS age
     FROM unnest($1::text[], $2::date[], $3::bigint[]) AS b (category, due_date, posting_id)
     ORDER BY ${orderOfPayment('b')}`,
    [
      balances.map(({ category }) => category),
      balances.map(({ dueDate }) => dueDate),
      balances.map(({ age }) => String(age)),
    ],
  );
  return rows.map(({ age }) => BigInt(age));
};

describe('the order of payment', () => {
  it('is the same in the rule and in SQL', async () => {
    const anyBalances = fc
      .array(fc.record({ category: fc.constantFrom(...CATEGORIES), days: fc.nat(3) }), { maxLength: 12 })
      .chain((balances) =>
        fc.shuffledSubarray(
          balances.map(({ category, days }, index) => ({
            category,
            dueDate: addDays(WEEK, days),
            age: BigInt(index + 8),
          })),
          { minLength: balances.length },
        ),
      );
    await fc.assert(
      fc.asyncProperty(anyBalances, async (balances) => {
        const byRule = inOrderOfPayment(balances).map(({ age }) => age);
        const bySql = await inSqlOrder(balances);
        expect(bySql.slice(0, byRule.length)).toEqual(byRule);
      }),
    );
  });

  it('is the same for a list, a payment and the credits that a void applies', async () => {
    const borrower = await aBorrower(app);
    const charges = [...PAYMENT_ORDER, ...PAYMENT_ORDER].reverse();
    for (const [index, category] of charges.entries()) {
      // each category twice in descending order of due dates, and LOANS twice more on the same day
      await ledger.owe(borrower, { category, amount: '10.00', due_date: addDays(WEEK, 20 - index) });
    }
    await ledger.owe(borrower, { category: 'LOANS', amount: '10.00', due_date: WEEK });
    await ledger.owe(borrower, { category: 'LOANS', amount: '10.00', due_date: WEEK });
    const listed = (await ledger.owed(borrower)).balances.map(({ balance_id }) => balance_id);
    const payment = await ledger.pay(borrower, '180.00');
    await ledger.pay(borrower, '180.00');
    const voided = await ledger.void(payment.posting.posting_id);
    expect(listed).toHaveLength(18);
    expect(payment.allocations.map(({ balance_id }) => balance_id)).toEqual(listed);
    expect(voided.allocations.map(({ balance_id }) => balance_id)).toEqual(listed);
    await expectLedgerInvariants(app.db);
  });
});
