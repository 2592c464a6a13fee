import { SYSTEM_ACTOR } from '../../../src/kernel/access/actor.js';
import { calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import { weekOf } from '../../../src/kernel/calendar/payment-week.js';
import { Money } from '../../../src/kernel/money/money.js';
import type { Settlement } from '../../../src/modules/ledger/index.js';
import { SettlementService } from '../../../src/modules/ledger/index.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { aBorrower } from '../../support/factories.js';
import type { BorrowerRef } from '../../support/borrower-ref.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { expectLedgerInvariants } from '../../support/ledger-invariants.js';
import { dumpLedgerTables } from '../../support/table-dump.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

let app: TestApp;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-05T09:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

let settlements = 0;

const settlement = (borrower: BorrowerRef, parts: readonly (readonly [string, string])[]): Settlement => {
  settlements += 1;
  return {
    driverId: borrower.driver_id,
    leaseId: borrower.lease_id,
    week: weekOf(calendarDate('2025-11-02')),
    sourceType: 'WRITE_OFF',
    sourceId: `LOAN-${settlements}`,
    description: 'Written off',
    receipt: null,
    parts: parts.map(([balanceId, amount]) => ({ balanceId, amount: Money.of(amount) })),
  };
};

const settle = (input: Settlement, andThen = () => Promise.resolve()) =>
  app.get(Transactions).run(async (tx) => {
    const settled = await app.get(SettlementService).settle(tx, SYSTEM_ACTOR, input);
    await andThen();
    return settled;
  });

describe('a settlement by another module', () => {
  it('records one CREDIT with exactly the named allocations, including deposits', async () => {
    const borrower = await aBorrower(app);
    await ledger.pay(borrower, '70.00');
    const deposit = { category: 'DEPOSITS' };
    const [whole, part] = [await ledger.owe(borrower, deposit), await ledger.owe(borrower, deposit)];
    const { postingId } = await settle(
      settlement(borrower, [
        [part.balance_id, '25.00'],
        [whole.balance_id, '100.00'],
      ]),
    );
    const posting = (await app.as('FINANCE').get(`/ledger/postings/${postingId}`)).body;
    expect(posting).toMatchObject({
      posting_type: 'CREDIT',
      amount: '125.00',
      description: 'Written off',
      posted_by: null,
      payment_period_start: '2025-11-02',
    });
    for (const [{ balance_id }, amount_allocated] of [
      [part, '25.00'],
      [whole, '100.00'],
    ] as const) {
      expect(await ledger.balance(balance_id)).toMatchObject({
        payment_applied: amount_allocated,
        allocations: [{ payment_posting_id: postingId, amount_allocated, allocation_type: 'TARGETED' }],
      });
    }
    expect(await ledger.owed(borrower)).toMatchObject({ unallocated_credit: '70.00' });
    await new LedgerClient(app, 'ADMIN').void(postingId);
    await expectLedgerInvariants(app.db);
  });

  it('is rolled back with the transaction of its caller', async () => {
    const borrower = await aBorrower(app);
    const { balance_id } = await ledger.owe(borrower);
    const before = await dumpLedgerTables(app.db);
    const failing = settle(settlement(borrower, [[balance_id, '1.00']]), () =>
      Promise.reject(new Error('the caller changed its mind')),
    );
    await expect(failing).rejects.toThrow('the caller changed its mind');
    expect(await dumpLedgerTables(app.db)).toEqual(before);
  });

  it('is rejected above the outstanding amount and for a source that is already posted', async () => {
    const borrower = await aBorrower(app);
    const { balance_id } = await ledger.owe(borrower);
    await expect(settle(settlement(borrower, [[balance_id, '100.01']]))).rejects.toMatchObject({
      code: 'ALLOCATION_EXCEEDS_BALANCE',
    });
    const input = settlement(borrower, [[balance_id, '10.00']]);
    await settle(input);
    await expect(settle(input)).rejects.toMatchObject({ code: 'SOURCE_ALREADY_POSTED' });
  });
});

describe('the ledger database', () => {
  const allocate = (postingId: string, balanceId: string, amount: string) =>
    app.db.query(
      `INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated,
         allocation_type, allocated_at) VALUES ('PA-BY-HAND', $1, $2, $3, 'HIERARCHY', now())`,
      [postingId, balanceId, amount],
    );

  it('rejects an allocation above its credit or to another driver', async () => {
    const [borrower, other] = [await aBorrower(app), await aBorrower(app)];
    const { posting } = await ledger.pay(borrower, '10.00');
    const [debt, foreign] = [await ledger.owe(borrower, { category: 'DEPOSITS' }), await ledger.owe(other)];
    const rejected = /does not have the money/;
    await expect(allocate(posting.posting_id, debt.balance_id, '10.01')).rejects.toThrow(rejected);
    await expect(allocate(posting.posting_id, foreign.balance_id, '1.00')).rejects.toThrow(rejected);
    await expect(allocate(debt.posting_id, debt.balance_id, '1.00')).rejects.toThrow(rejected);
    const { reversal } = await ledger.void(posting.posting_id);
    await expect(allocate(posting.posting_id, debt.balance_id, '1.00')).rejects.toThrow(rejected);
    const debtVoid = await ledger.void(foreign.posting_id);
    await expect(allocate(debtVoid.reversal.posting_id, foreign.balance_id, '1.00')).rejects.toThrow(
      rejected,
    );
    expect(reversal.posting_type).toBe('DEBIT');
  });

  it('rejects the void of a reversal', async () => {
    const { posting } = await ledger.pay(await aBorrower(app), '10.00');
    const { reversal } = await ledger.void(posting.posting_id);
    const voiding = app.db.query(
      `UPDATE ledger_postings SET status = 'VOIDED', voided_at = now(), void_reason = 'x', voided_by_posting_id = $2
       WHERE posting_id = $1`,
      [reversal.posting_id, posting.posting_id],
    );
    await expect(voiding).rejects.toThrow(/ck_ledger_postings_reversal/);
  });
});
