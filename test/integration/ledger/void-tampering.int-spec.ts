import { restoreTables, tamper } from '../../support/tampering.js';
import type { TestApp } from '../../support/test-app.js';
import { VerifiedLedger } from '../../support/verified-ledger.js';

let verified: VerifiedLedger;
let app: TestApp;

beforeAll(async () => {
  verified = await VerifiedLedger.create();
  app = verified.app;
});

afterEach(() => restoreTables(app.db));

afterAll(() => app.close());

const differences = () => verified.differences();

describe('the verification of voids', () => {
  const reverse = (amount: string): string => `
    INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
      source_id, payment_period_start, payment_period_end, status, posted_at, reverses_posting_id, notes)
    SELECT 99, 'LP-2025-000099', driver_id, lease_id, 'CREDIT', category, ${amount}, 'VOID', posting_id,
           payment_period_start, payment_period_end, 'POSTED', posted_at, posting_id, 'by mistake'
    FROM ledger_postings WHERE posting_id = 'LP-2025-000004'`;
  const markVoided = `
    UPDATE ledger_postings SET status = 'VOIDED', voided_by_posting_id = 'LP-2025-000099', voided_at = posted_at,
      void_reason = 'by mistake' WHERE posting_id = 'LP-2025-000004'`;
  const voidBalance = `
    UPDATE ledger_balances SET status = 'VOIDED', outstanding_balance = 0 WHERE balance_id = 'LB-2025-000003'`;

  it('accepts an obligation voided by its reversal', async () => {
    for (const statement of [reverse('amount'), markVoided, voidBalance]) await app.db.query(statement);
    expect(await differences()).toEqual([]);
  });

  it('finds a reversal of another amount', async () => {
    for (const statement of [reverse('amount - 1'), markVoided, voidBalance]) await app.db.query(statement);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000004 is VOIDED, but its reversal is not its exact opposite',
    ]);
  });

  it('finds a reversal of a posting that was never voided', async () => {
    await app.db.query(reverse('amount'));
    expect(await differences()).toEqual([
      'POSTING LP-2025-000099 is a reversal, but the posting that it reverses is not voided by it',
    ]);
  });

  it('finds a void that was reverted by hand', async () => {
    for (const statement of [reverse('amount'), markVoided, voidBalance]) await app.db.query(statement);
    await tamper(
      app.db,
      `UPDATE ledger_postings SET status = 'POSTED', voided_by_posting_id = NULL, voided_at = NULL,
         void_reason = NULL WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_balances SET status = 'OPEN', outstanding_balance = original_amount
       WHERE balance_id = 'LB-2025-000003'`,
    );
    expect(await differences()).toEqual([
      'POSTING LP-2025-000099 is a reversal, but the posting that it reverses is not voided by it',
    ]);
  });

  it('finds a balance that is disputed without a dispute', async () => {
    await app.db.query(`UPDATE ledger_balances SET status = 'DISPUTED' WHERE balance_id = 'LB-2025-000003'`);
    expect(await differences()).toEqual([
      'BALANCE LB-2025-000003 its status does not match its posting and outstanding amount',
    ]);
  });

  it('finds an open balance of a voided obligation', async () => {
    for (const statement of [reverse('amount'), markVoided]) await app.db.query(statement);
    expect(await differences()).toEqual([
      'BALANCE LB-2025-000003 its status does not match its posting and outstanding amount',
    ]);
  });
});
