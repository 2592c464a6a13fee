import { LedgerVerificationService } from '../../../src/modules/ledger/index.js';
import { aLoan } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { keepBooks, restoreBooks, tamper } from '../../support/tampering.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let loanId: string;

/**
 * Creates a loan of 500.00 in five installments, the first of them posted (LP-2025-000001, LB-2025-000001), a fee of
 * 40.00 (LP-2025-000002, LB-2025-000002), and a payment of 70.00 (LP-2025-000003) that pays 40.00 of
 * the fee and 30.00 of the installment (PA-2025-000001 and 2): block 1 of the chain. Then a fee of 15.00
 * (LP-2025-000004, LB-2025-000003): block 2.
 */
beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-03T09:00:00-05:00' });
  const loan = await aLoan(app);
  loanId = loan.loan_id;
  const clerk = app.as('FINANCE');
  const parties = { driver_id: loan.driver_id, lease_id: loan.lease_id, payment_period_start: '2025-11-02' };
  const fee = { ...parties, category: 'EZPASS', amount: '40.00', reference_type: 'TOLL' };
  await clerk.post('/loans/installments/post', {});
  await clerk.post('/ledger/obligations', { ...fee, reference_id: 'A' });
  await clerk.post('/ledger/payments', { ...parties, amount: '70.00', source_type: 'PAY', source_id: '1' });
  await verify();
  await clerk.post('/ledger/obligations', { ...fee, amount: '15.00', reference_id: 'B' });
  await verify();
  const seals = await app.db.query<{ id: string; rows: string }[]>(
    `SELECT id::text, sealed_table || ' ' || row_ids::text AS rows FROM ledger_seals`,
  );
  sealed = new Map(seals.map(({ id, rows }) => [id, rows]));
  await keepBooks(app.db);
});

afterEach(() => restoreBooks(app.db));

afterAll(() => app.close());

const verify = (head?: string) => app.get(LedgerVerificationService).verify({ head });

/** The differences except those in BY_OTHER_EVIDENCE, each as "KIND id message". */
async function differences(): Promise<string[]> {
  const { ok, differences: found, differences_total } = await verify();
  expect(ok).toBe(found.length === 0);
  expect(differences_total).toBe(found.length);
  return found
    .filter(({ message }) => !BY_OTHER_EVIDENCE.some((text) => message.includes(text)))
    .map(({ kind, id, message }) => `${kind} ${kind === 'SEAL' ? (sealed.get(id) ?? id) : id} ${message}`);
}

/** Differences from sealed states and the audit log, which sealed-tables.int-spec.ts tests */
const BY_OTHER_EVIDENCE = ['sealed last', 'sealed state', 'audit log'];

/** The rows that each seal covers, such as "ledger_postings {[4,5)}" */
let sealed = new Map<string, string>();

/** The seal of the posting LP-2025-000004, as SQL */
const LAST_SEAL = `(SELECT max(id) FROM ledger_seals WHERE sealed_table = 'ledger_postings')`;

const CHANGED = 'was changed after it was written: its hash is another';

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
        'BALANCE LB-2025-000003 its amount is not that of its posting',
        'SEAL ledger_postings {[4,5)} its rows are not those that it sealed',
      ],
    ],
    ['description', "'Somebody else''s toll'", []],
    ['notes', "''", []],
    ['posted_at', "posted_at - interval '1 microsecond'", []],
    ['posted_by', 'NULL', []],
    ['category', "'TAXES'", ['BALANCE LB-2025-000003 its terms are not those of its posting']],
    ['source_id', "'C'", ['BALANCE LB-2025-000003 its terms are not those of its posting']],
  ])('finds a changed %s of a posting', async (column, value, alsoFound) => {
    await tamper(
      app.db,
      `UPDATE ledger_postings SET ${column} = ${value} WHERE posting_id = 'LP-2025-000004'`,
    );
    expect((await differences()).sort()).toEqual([...alsoFound, `POSTING LP-2025-000004 ${CHANGED}`].sort());
  });

  it('finds a changed posting with a recomputed hash through its seal', async () => {
    await tamper(
      app.db,
      `UPDATE ledger_postings SET description = 'another' WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_postings p SET row_hash = row_hash_of(p) WHERE posting_id = 'LP-2025-000004'`,
    );
    expect(await differences()).toEqual([
      'SEAL ledger_postings {[4,5)} its rows are not those that it sealed',
    ]);
  });

  it('finds a posting that was deleted with its balance through its seal', async () => {
    await tamper(
      app.db,
      `DELETE FROM ledger_balances WHERE balance_id = 'LB-2025-000003'`,
      `DELETE FROM ledger_postings WHERE posting_id = 'LP-2025-000004'`,
    );
    expect(await differences()).toEqual([
      'POSTING 4 is gone, and a seal names it',
      'SEAL ledger_postings {[4,5)} its rows are not those that it sealed',
    ]);
  });

  it('finds a deleted balance', async () => {
    await tamper(app.db, `DELETE FROM ledger_balances WHERE balance_id = 'LB-2025-000003'`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000004 a charge has a balance, and no other posting has one',
    ]);
  });

  it('finds a deleted allocation through its balance and its seal', async () => {
    await tamper(app.db, `DELETE FROM payment_allocations WHERE balance_id = 'LB-2025-000002'`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000003 its credit is not what it has left over',
      'BALANCE LB-2025-000002 what is paid on it is not what is allocated to it',
      'ALLOCATION 1 is gone, and a seal names it',
      'SEAL payment_allocations {[1,3)} its rows are not those that it sealed',
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
      'POSTING LP-2025-000003 more of the payment is allocated and refunded than it brought',
      'POSTING LP-2025-000003 its credit is not what it has left over',
      'BALANCE LB-2025-000003 what is paid on it is not what is allocated to it',
      `ALLOCATION PA-2025-000099 ${CHANGED}`,
      'ALLOCATION PA-2025-000099 no seal names it',
    ]);
  });

  it('finds a raised credit', async () => {
    await tamper(app.db, `UPDATE ledger_credits SET amount = amount + 5, left_over = 5 WHERE posting_id = 3`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000003 its credit is not what it has left over',
      'POSTING LP-2025-000003 it has a credit left over beside a debt of the driver that it could pay',
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
      'POSTING LP-2025-000099 it has a credit left over beside a debt of the driver that it could pay',
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
      `POSTING ${paid.posting.posting_id} its credit is not what it has left over`,
      `POSTING ${posting.posting_id} the payments of its driver that it is taken from do not make up its amount`,
      'REFUND 1 is gone, and a seal names it',
      expect.stringMatching(/^SEAL \d+ its rows are not those that it sealed$/),
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
      'BALANCE LB-2025-000002 what is paid on it is not what is allocated to it',
      'BALANCE LB-2025-000003 what is paid on it is not what is allocated to it',
      `ALLOCATION PA-2025-000001 ${CHANGED}`,
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
        message: 'what is paid on it is not what is allocated to it',
        expected: '30.00',
        actual: '31.00',
      },
      {
        kind: 'INSTALLMENT',
        id: `${loanId}-INST-01`,
        message: 'what is paid on it and written off does not follow its balance',
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
      'BALANCE LB-2025-000003 its status does not agree with its posting and what is outstanding',
    ]);
  });

  it('finds an edited total of a loan', async () => {
    await tamper(app.db, `UPDATE driver_loans SET total_principal_paid = 130, outstanding_balance = 370`);
    const { differences: found } = await verify();
    expect(found).toEqual([
      {
        kind: 'LOAN',
        id: loanId,
        message: 'its totals are not those of its installments',
        expected: '30.00, 0.00, 0.00, 470.00',
        actual: '130.00, 0.00, 0.00, 370.00',
      },
    ]);
  });

  it('finds a loan that is closed before it is paid', async () => {
    await tamper(app.db, `UPDATE driver_loans SET status = 'CLOSED', closed_on = now()`);
    expect(await differences()).toEqual([
      `LOAN ${loanId} its status does not agree with its installments`,
      `LOAN ${loanId} its status is not that of its last change`,
    ]);
  });

  it('finds interest that does not match its basis and the rate of the loan', async () => {
    await tamper(app.db, `UPDATE driver_loans SET interest_rate = 10`);
    expect(await differences()).toEqual(
      [1, 2, 3, 4, 5].map(
        (number) => `INSTALLMENT ${loanId}-INST-0${number} its interest is not that of its basis`,
      ),
    );
  });

  it.each([
    ['end_week = end_week + 7', 'its weeks are not those of its installments'],
    ['start_week = start_week - 7', 'its weeks are not those of its installments'],
    ['interest_accrued_through = loan_date', 'its interest is not accrued through what is posted and waived'],
    ['waived_interest = 5', 'the interest that it waived is not that of its waivers'],
  ])('finds a loan after SET %s', async (change, message) => {
    await tamper(app.db, `UPDATE driver_loans SET ${change}`);
    expect(await differences()).toEqual([`LOAN ${loanId} ${message}`]);
  });

  it('finds interest that is charged twice for the same days', async () => {
    await tamper(
      app.db,
      'UPDATE loan_schedules SET interest_from = interest_from - 1 WHERE installment_number = 2',
    );
    expect(await differences()).toEqual([
      `LOAN ${loanId} two of its installments have interest for the same days`,
    ]);
  });

  it('finds an installment that was deleted before it was posted', async () => {
    await tamper(app.db, `DELETE FROM loan_schedules WHERE installment_number = 5`);
    expect(await differences()).toEqual([
      `LOAN ${loanId} the principal of its installments is not the amount lent`,
      `LOAN ${loanId} its weeks are not those of its installments`,
    ]);
  });

  it('finds a posted balance whose installment was deleted', async () => {
    await tamper(app.db, `DELETE FROM loan_schedules WHERE installment_number = 1`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000001 is the debt of an installment that is not there',
      `LOAN ${loanId} its totals are not those of its installments`,
      `LOAN ${loanId} the principal of its installments is not the amount lent`,
      `LOAN ${loanId} its weeks are not those of its installments`,
      `LOAN ${loanId} its interest is not accrued through what is posted and waived`,
    ]);
  });

  it('finds an installment with a wrong posted flag', async () => {
    await tamper(
      app.db,
      `UPDATE loan_schedules SET posted_to_ledger = false, posted_on = NULL, ledger_balance_id = NULL,
         principal_paid = 0, outstanding_balance = total_due, status = 'SCHEDULED' WHERE installment_number = 1`,
      `UPDATE loan_schedules SET posted_to_ledger = true, posted_on = now(), ledger_balance_id = 'LB-2025-000003',
         status = 'POSTED' WHERE installment_number = 2`,
    );
    const debit = 'a posted installment has one standing DEBIT of its amount, any other none';
    expect(await differences()).toEqual([
      `INSTALLMENT ${loanId}-INST-01 ${debit}`,
      `INSTALLMENT ${loanId}-INST-02 ${debit}`,
      `INSTALLMENT ${loanId}-INST-02 the balance that it names is not its own`,
      `LOAN ${loanId} its totals are not those of its installments`,
      `LOAN ${loanId} its interest is not accrued through what is posted and waived`,
    ]);
  });
});

describe('the verification of seals and chain', () => {
  it('finds a deleted seal', async () => {
    await tamper(app.db, `DELETE FROM ledger_seals WHERE id = ${LAST_SEAL}`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000004 no seal names it',
      'SEAL ledger_postings {[4,5)} is gone, and a link of the chain names it',
      'CHAIN_LINK 2 its seals are not those that it linked',
    ]);
  });

  it('finds a changed posting with a recomputed hash and seal through the chain', async () => {
    await tamper(
      app.db,
      `UPDATE ledger_postings SET description = 'another' WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_postings p SET row_hash = row_hash_of(p) WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_seals SET rows_hash = (SELECT sha256(row_hash) FROM ledger_postings
         WHERE posting_id = 'LP-2025-000004') WHERE id = ${LAST_SEAL}`,
    );
    expect(await differences()).toEqual(['CHAIN_LINK 2 its seals are not those that it linked']);
  });

  it('finds a chain block that was deleted from the middle', async () => {
    await tamper(app.db, 'DELETE FROM ledger_chain WHERE link_number = 1');
    const found = await differences();
    expect(found).toContain('SEAL ledger_postings {[1,2)} is not in the chain as it says');
    expect(found).toContain('SEAL payment_allocations {[1,3)} is not in the chain as it says');
    expect(found).not.toContain('SEAL ledger_postings {[4,5)} is not in the chain as it says');
    expect(found).toContain('CHAIN_LINK 2 does not go on from the link before it');
  });

  it('finds a changed chain block', async () => {
    await tamper(
      app.db,
      `UPDATE ledger_chain SET linked_at = linked_at + interval '1 day' WHERE link_number = 1`,
    );
    expect(await differences()).toEqual([`CHAIN_LINK 1 ${CHANGED}`]);
  });

  it('finds a seal that was marked to be linked a second time', async () => {
    await tamper(app.db, `UPDATE ledger_seals SET is_linked = false WHERE id = ${LAST_SEAL}`);
    expect(await differences()).toEqual(['SEAL ledger_postings {[4,5)} is not in the chain as it says']);
  });

  it('finds a completely recomputed chain through a stored head', async () => {
    const { chain_head: kept } = await verify();
    await tamper(
      app.db,
      `DELETE FROM ledger_chain`,
      `UPDATE ledger_seals SET is_linked = false`,
      `UPDATE ledger_postings SET description = 'another' WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_postings p SET row_hash = row_hash_of(p) WHERE posting_id = 'LP-2025-000004'`,
      `UPDATE ledger_seals SET rows_hash = (SELECT sha256(row_hash) FROM ledger_postings
         WHERE posting_id = 'LP-2025-000004') WHERE id = ${LAST_SEAL}`,
    );
    expect(await differences()).toEqual([]);
    const { ok, differences: found } = await verify(kept ?? '');
    expect(ok).toBe(false);
    expect(found).toEqual([
      { kind: 'CHAIN_LINK', id: '2', message: 'is not the link that was kept', expected: kept, actual: null },
    ]);
  });

  it('accepts a stored head that is still in the chain, also below newer blocks', async () => {
    const [{ head }] = await app.db.query<[{ head: string }]>(
      `SELECT link_number || ':' || encode(hash, 'hex') AS head FROM ledger_chain WHERE link_number = 1`,
    );
    expect(await verify(head)).toMatchObject({ ok: true, differences: [] });
  });
});

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
      'POSTING LP-2025-000004 is VOIDED, and its reversal is not the opposite of it',
    ]);
  });

  it('finds a reversal of a posting that was never voided', async () => {
    await app.db.query(reverse('amount'));
    expect(await differences()).toEqual([
      'POSTING LP-2025-000099 is a reversal, and what it reverses is not voided by it',
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
      'POSTING LP-2025-000099 is a reversal, and what it reverses is not voided by it',
    ]);
  });

  it('finds a balance that is disputed without a dispute', async () => {
    await app.db.query(`UPDATE ledger_balances SET status = 'DISPUTED' WHERE balance_id = 'LB-2025-000003'`);
    expect(await differences()).toEqual([
      'BALANCE LB-2025-000003 its status does not agree with its posting and what is outstanding',
    ]);
  });

  it('finds an open balance of a voided obligation', async () => {
    for (const statement of [reverse('amount'), markVoided]) await app.db.query(statement);
    expect(await differences()).toEqual([
      'BALANCE LB-2025-000003 its status does not agree with its posting and what is outstanding',
    ]);
  });
});
