import fc from 'fast-check';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import { aLoan } from '../../support/factories.js';
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

const dollars = (cents: number): string => (cents / 100).toFixed(2);

/** Everything that a payment changes: balances, credits and the loan, without the ids of the payments. */
const stateOf = async (loan: LoanDetailResponse) => {
  const balances = await app.db.query<object[]>(
    `SELECT balance_id, payment_applied, outstanding_balance, status FROM ledger_balances
     WHERE lease_id = $1 ORDER BY posting_id`,
    [loan.lease_id],
  );
  const { unallocated_credit } = await ledger.owed(loan);
  return {
    balances,
    unallocated_credit,
    loan: (await app.as('FINANCE').get(`/loans/${loan.loan_id}`)).body,
  };
};

describe('the void of payments', () => {
  const plan = fc
    .array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 5 })
    .chain((amounts) => {
      const indexes = amounts.map((_, index) => index);
      return fc.record({
        amounts: fc.constant(amounts),
        debts: fc.array(
          fc.tuple(fc.constantFrom('TAXES', 'LEASE', 'MISC', 'DEPOSITS'), fc.integer({ min: 1, max: 9_000 })),
          { maxLength: 4 },
        ),
        voided: fc.shuffledSubarray(indexes),
        paidAgain: fc.shuffledSubarray(indexes, { minLength: indexes.length }),
      });
    });

  it('in any order followed by the same payments restores the ledger and the loans', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ amounts, debts, voided, paidAgain }) => {
        const { loan_id } = await aLoan(app, { loan_amount: '200.00', interest_rate: '10.00' });
        await app.as('FINANCE').post('/loans/installments/post', {});
        const loan = (await app.as('FINANCE').get<LoanDetailResponse>(`/loans/${loan_id}`)).body;
        for (const [category, cents] of debts) await ledger.owe(loan, { category, amount: dollars(cents) });
        const untouched = await stateOf(loan);
        const paid: string[] = [];
        for (const cents of amounts) paid.push((await ledger.pay(loan, dollars(cents))).posting.posting_id);
        const before = await stateOf(loan);

        for (const index of voided) await ledger.void(paid[index] ?? '');
        await expectLedgerInvariants(app.db);
        for (const index of paidAgain.filter((again) => voided.includes(again))) {
          paid[index] = (await ledger.pay(loan, dollars(amounts[index] ?? 0))).posting.posting_id;
        }
        expect(await stateOf(loan)).toEqual(before);

        for (const postingId of paid) await ledger.void(postingId);
        expect(await stateOf(loan)).toEqual(untouched);
        await expectLedgerInvariants(app.db);
      }),
      { numRuns: 8 },
    );
  });
});
