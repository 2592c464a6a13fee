import { LedgerClient } from '../../support/ledger-client.js';
import { restoreTables, tamper } from '../../support/tampering.js';
import type { TestApp } from '../../support/test-app.js';
import { HASH_CHANGED, VerifiedLedger } from '../../support/verified-ledger.js';

let verified: VerifiedLedger;
let app: TestApp;
let loanId: string;

beforeAll(async () => {
  verified = await VerifiedLedger.create();
  app = verified.app;
  loanId = verified.loanId;
});

afterEach(() => restoreTables(app.db));

afterAll(() => app.close());

const verify = (head?: string) => verified.verify(head);
const differences = () => verified.differences();

describe('the verification of ledger rows', () => {
  it('reports no difference in an unchanged ledger', async () => {
    expect(await verify()).toEqual({
      ok: true,
      checked: expect.objectContaining({
        ...{ postings: 4, balances: 3, allocations: 2, installments: 5, loans: 1, links: 2 },
      }) as object,
      differences_total: 0,
      differences: [],
      chain_head: expect.stringMatching(/^2:[0-9a-f]{64}$/) as string,
    });
  });

  it.each([
    [
      'amount',
      '999.99',
      [
        'BALANCE LB-2025-000003 its amount differs from that of its posting',
        'SEAL ledger_postings {[4,5)} its rows differ from the rows that it sealed',
      ],
    ],
    ['description', "'The toll of another driver'", []],
    ['notes', "''", []],
    ['posted_at', "posted_at - interval '1 microsecond'", []],
    ['posted_by', 'NULL', []],
    ['category', "'TAXES'", ['BALANCE LB-2025-000003 its terms differ from those of its posting']],
    ['source_id', "'C'", ['BALANCE LB-2025-000003 its terms differ from those of its posting']],
  ])('finds a changed %s of a posting', async (column, value, alsoFound) => {
    await tamper(
      app.db,
      `UPDATE ledger_postings SET ${column} = ${value} WHERE posting_id = 'LP-2025-000004'`,
    );
    expect((await differences()).sort()).toEqual(
      [...alsoFound, `POSTING LP-2025-000004 ${HASH_CHANGED}`].sort(),
    );
  });

  it('finds a changed posting with a recomputed hash through its seal', async () => {
    await tamper(
      app.db,
      `UPDATE ledger_postings SET description = 'another' WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_postings p SET row_hash = row_hash_of(p) WHERE posting_id = 'LP-2025-000004'`,
    );
    expect(await differences()).toEqual([
      'SEAL ledger_postings {[4,5)} its rows differ from the rows that it sealed',
    ]);
  });

  it('finds a posting that was deleted with its balance through its seal', async () => {
    await tamper(
      app.db,
      `DELETE FROM ledger_balances WHERE balance_id = 'LB-2025-000003'`,
      `DELETE FROM ledger_postings WHERE posting_id = 'LP-2025-000004'`,
    );
    expect(await differences()).toEqual([
      'POSTING 4 is missing, but a seal covers it',
      'SEAL ledger_postings {[4,5)} its rows differ from the rows that it sealed',
    ]);
  });

  it('finds a deleted balance', async () => {
    await tamper(app.db, `DELETE FROM ledger_balances WHERE balance_id = 'LB-2025-000003'`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000004 a CHARGE must have a balance, and no other posting may have one',
    ]);
  });

  it('finds a deleted allocation through its balance and its seal', async () => {
    await tamper(app.db, `DELETE FROM payment_allocations WHERE balance_id = 'LB-2025-000002'`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000003 its credit differs from its amount less allocations and refunds',
      'BALANCE LB-2025-000002 the amount paid differs from the allocations to it',
      'ALLOCATION 1 is missing, but a seal covers it',
      'SEAL payment_allocations {[1,3)} its rows differ from the rows that it sealed',
    ]);
  });

  it('finds an allocation that was inserted with disabled triggers', async () => {
    await tamper(
      app.db,
      `INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated,
         allocation_type, allocated_at, row_hash)
       VALUES ('PA-2025-000099', 'LP-2025-000003', 'LB-2025-000003', 15, 'HIERARCHY', now(), '')`,
    );
    expect(await differences()).toEqual([
      'POSTING LP-2025-000003 its allocations and refunds exceed its amount',
      'POSTING LP-2025-000003 its credit differs from its amount less allocations and refunds',
      'BALANCE LB-2025-000003 the amount paid differs from the allocations to it',
      `ALLOCATION PA-2025-000099 ${HASH_CHANGED}`,
      'ALLOCATION PA-2025-000099 is not covered by a seal',
    ]);
  });

  it('finds a raised credit', async () => {
    await tamper(app.db, `UPDATE ledger_credits SET amount = amount + 5, left_over = 5 WHERE posting_id = 3`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000003 its credit differs from its amount less allocations and refunds',
      'POSTING LP-2025-000003 it has unused credit although the driver has an open balance that it could pay',
    ]);
  });

  it('finds a credit beside an open balance that it could pay', async () => {
    await app.db.query(
      `INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
         source_id, payment_period_start, payment_period_end, status, posted_at)
       SELECT 99, 'LP-2025-000099', driver_id, lease_id, 'CREDIT', 'EARNINGS', 5, 'PAY', '99', payment_period_start,
         payment_period_end, 'POSTED', now()
       FROM ledger_postings WHERE id = 1`,
    );
    expect(await differences()).toEqual([
      'POSTING LP-2025-000099 it has unused credit although the driver has an open balance that it could pay',
    ]);
  });

  it('finds a refund without the credit that it is taken from', async () => {
    const [{ driver_id, lease_id }] = await app.db.query<[{ driver_id: number; lease_id: number }]>(
      'SELECT driver_id, lease_id FROM ledger_postings WHERE id = 1',
    );
    const ledger = new LedgerClient(app);
    const paid = await ledger.pay({ driver_id, lease_id }, '150.00');
    const { posting } = await ledger.refund({ driver_id }, '20.00');
    expect(await differences()).toEqual([]);
    await tamper(app.db, 'DELETE FROM credit_refunds');
    expect(await differences()).toEqual([
      `POSTING ${paid.posting.posting_id} its credit differs from its amount less allocations and refunds`,
      `POSTING ${posting.posting_id} the payments that it refunds do not add up to its amount`,
      'REFUND 1 is missing, but a seal covers it',
      expect.stringMatching(/^SEAL \d+ its rows differ from the rows that it sealed$/),
    ]);
  });

  it('needs no finding for an allocation that the triggers reject', async () => {
    await expect(
      app.db.query(
        `INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated,
           allocation_type, allocated_at)
         VALUES ('PA-2025-000099', 'LP-2025-000002', 'LB-2025-000003', 15, 'HIERARCHY', now())`,
      ),
    ).rejects.toThrow('posting LP-2025-000002 does not have the money for its allocations');
    expect(await differences()).toEqual([]);
  });

  it('finds an allocation that was moved to another balance', async () => {
    await tamper(
      app.db,
      `UPDATE payment_allocations SET balance_id = 'LB-2025-000003' WHERE balance_id = 'LB-2025-000002'`,
    );
    expect(await differences()).toEqual([
      'BALANCE LB-2025-000002 the amount paid differs from the allocations to it',
      'BALANCE LB-2025-000003 the amount paid differs from the allocations to it',
      `ALLOCATION PA-2025-000001 ${HASH_CHANGED}`,
    ]);
  });

  it('finds an edited balance and the installment that no longer matches it', async () => {
    await tamper(
      app.db,
      `UPDATE ledger_balances SET payment_applied = 31, outstanding_balance = 69 WHERE balance_id = 'LB-2025-000001'`,
    );
    const { differences: found } = await verify();
    expect(found).toEqual([
      {
        kind: 'BALANCE',
        id: 'LB-2025-000001',
        message: 'the amount paid differs from the allocations to it',
        expected: '30.00',
        actual: '31.00',
      },
      {
        kind: 'INSTALLMENT',
        id: `${loanId}-INST-01`,
        message: 'its paid and written-off amounts do not match its balance',
        expected: '0.00, 31.00, 0.00, 69.00',
        actual: '0.00, 30.00, 0.00, 70.00',
      },
    ]);
  });

  it('finds a balance with a wrong status', async () => {
    await tamper(
      app.db,
      `UPDATE ledger_balances SET status = 'VOIDED', outstanding_balance = 0 WHERE balance_id = 'LB-2025-000003'`,
    );
    expect(await differences()).toEqual([
      'BALANCE LB-2025-000003 its status does not match its posting and outstanding amount',
    ]);
  });
});
