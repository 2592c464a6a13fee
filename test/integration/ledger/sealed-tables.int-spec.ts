import { DataSource } from 'typeorm';
import { LedgerVerificationService } from '../../../src/modules/ledger/index.js';
import { PasswordResetService, UserCreationService } from '../../../src/modules/users/index.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { RecoveryResponse } from '../../../src/modules/loans/servicing/write-off/recovery.response.js';
import { SYSTEM_ACTOR } from '../../../src/kernel/access/actor.js';
import { aUser } from '../../support/users.js';
import { expectConstraintViolation } from '../../support/expect-constraint-violation.js';
import { aLease, aLoan } from '../../support/factories.js';
import { FORGED } from '../../support/forged-records.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { saveTables, restoreTables, tamper, tamperAsOwner } from '../../support/tampering.js';
import { CHANGES, DERIVED, ROW_CHANGES, SEALED, UNAUDITED } from '../../support/sealed-table-changes.js';
import { startTestApp, TEST_PASSWORD } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let head: string;
let loan: LoanDetailResponse;
let clerk: number;
let stranger: { driver_id: number; id: number };
let recovery: string;
let refund: string;

/**
 * Creates an unposted loan of 1,500.00 that was held and resumed with a waiver, a disputed fee, a payment, a clerk, a voided
 * charge, a loan with a payoff, a written-off loan with a recovery, a draft and a refund.
 */
beforeAll(async () => {
  app = await startTestApp({
    now: '2025-11-03T09:00:00-05:00',
    env: { LOAN_APPROVAL_ABOVE: '1500.00' },
  });
  clerk = (await aUser(app, 'FINANCE')).id;
  stranger = await aLease(app);
  loan = await aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-09' });
  const finance = app.as('FINANCE');
  for (const change of [
    { status: 'ON_HOLD', reason: 'Papers are missing' },
    { status: 'ACTIVE', reason: 'Papers are here', resume_week: '2025-12-14', waive_interest: true },
  ]) {
    expect((await finance.put(`/loans/${loan.loan_id}/status`, change)).status).toBe(200);
  }
  const account = { driver_id: loan.driver_id, lease_id: loan.lease_id };
  const ledger = new LedgerClient(app);
  const paid = await ledger.owe(account, { amount: '40.00' });
  await ledger.pay(account, '40.00');
  const fee = await ledger.owe(account, { amount: '15.00' });
  await ledger.dispute('dispute', fee.balance_id, 'Not my toll');
  expect(paid.balance_id).toBe('LB-2025-000001');
  const mistake = await ledger.owe(account, { amount: '12.00' });
  await ledger.void(mistake.posting_id);
  const paidOff = await aLoan(app, {
    loan_amount: '100.00',
    interest_rate: '0.00',
    start_week: '2025-11-09',
  });
  const payment = { amount: '100.00', source_type: 'CASH', source_id: 'R-1' };
  expect((await finance.post(`/loans/${paidOff.loan_id}/payoff`, { payment })).status).toBe(200);
  const lost = await aLoan(app);
  expect((await finance.post('/loans/installments/post', {})).status).toBe(200);
  const writeOff = await app.as('ADMIN').post(`/loans/${lost.loan_id}/write-off`, { reason: 'Gone' });
  expect(writeOff.status).toBe(200);
  const recovered = await finance.post<RecoveryResponse>(`/loans/${lost.loan_id}/recoveries`, {
    amount: '60.00',
    source_id: 'R-2',
  });
  recovery = recovered.body.posting_id;
  const draft = await aLoan(app, { loan_amount: '1600.00', start_week: '2025-11-09' });
  expect(draft).toMatchObject({ loan_id: 'DL-2025-0004', status: 'DRAFT' });
  await ledger.pay({ ...stranger, lease_id: stranger.id }, '50.00');
  refund = (await ledger.refund(stranger, '20.00')).posting.posting_id;
  const verified = await verify();
  expect(verified).toMatchObject({ ok: true, differences: [] });
  head = verified.chain_head ?? '';
  await saveTables(app.db);
});

afterEach(() => restoreTables(app.db));

afterAll(() => app.close());

const verify = (storedHead?: string) => app.get(LedgerVerificationService).verify({ head: storedHead });

/** The differences from the stored chain head, each as "KIND id message". */
async function differences(): Promise<string[]> {
  const { differences: found } = await verify(head);
  return found.map(({ kind, id, message }) => `${kind} ${id} ${message}`);
}

const filled = (text: string): string =>
  text
    .replaceAll(':recovery', recovery)
    .replaceAll(':refund', refund)
    .replaceAll(':clerk', String(clerk))
    .replaceAll(':loan', loan.loan_id)
    .replaceAll(':driver', String(stranger.driver_id))
    .replaceAll(':lease', String(stranger.id));

describe('the service role', () => {
  it.each(ROW_CHANGES.filter(([, , sql]) => !sql.startsWith('INSERT')))(
    'is not allowed to make %s',
    async (_what, _table, sql) => {
      await expectConstraintViolation(app.get(DataSource), { code: '42501' }, filled(sql));
    },
  );
});

describe('the verification against a stored chain head', () => {
  it.each([...CHANGES, ...ROW_CHANGES])('names %s by a superuser', async (_what, _table, sql, difference) => {
    await tamper(app.db, filled(sql));
    expect(await differences()).toContain(filled(difference));
  });

  it.each([...CHANGES, ...ROW_CHANGES])(
    'names %s by the owner of the tables',
    async (_what, table, sql, difference) => {
      await tamperAsOwner(app.db, table, filled(sql));
      expect(await differences()).toContain(filled(difference));
    },
  );

  it.each(CHANGES)('names %s by plain SQL without an audit entry', async (_what, _table, sql, difference) => {
    await app.db.query(filled(sql));
    const named = filled(difference).slice(0, filled(difference).indexOf(SEALED));
    expect(await differences()).toContain(`${named}${UNAUDITED}`);
  });

  it.each(DERIVED)('names %s by plain SQL', async (_what, sql, difference) => {
    await app.db.query(filled(sql));
    expect(await differences()).toEqual([filled(difference)]);
  });

  it.each(FORGED)('names %s', async (_what, statements, expected) => {
    for (const sql of statements) await app.db.query(filled(sql));
    const found = await differences();
    expect(found.map((text) => text.replace(/^(STATUS_CHANGE) \d+/, '$1'))).toEqual(expected.map(filled));
  });

  it.each([`voided_at = voided_at - interval '1 day'`, `void_reason = 'Another'`])(
    'names a void that was changed with SET %s',
    async (change) => {
      await tamper(app.db, `UPDATE ledger_postings SET ${change} WHERE status = 'VOIDED'`);
      const [{ id }] = await app.db.query<[{ id: string }]>(
        `SELECT posting_id AS id FROM ledger_postings WHERE status = 'VOIDED'`,
      );
      expect(await differences()).toEqual([
        `POSTING ${id} the time and reason of its void differ from those of its reversal`,
      ]);
    },
  );

  it('shows the sealed value and the current value', async () => {
    await tamper(
      app.db,
      filled(
        `UPDATE driver_loans SET loan_amount = 15000, outstanding_balance = 15000 WHERE loan_id = ':loan'`,
      ),
    );
    const { differences: found } = await verify(head);
    expect(found).toContainEqual({
      kind: 'LOAN',
      id: loan.loan_id,
      message: `${SEALED}: loan_amount`,
      expected: 'loan_amount 1500.00',
      actual: 'loan_amount 15000.00',
    });
  });

  it('names a payment that was forged by INSERT and nothing else', async () => {
    await app.db.query(
      `INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
         source_id, payment_period_start, payment_period_end, status, posted_at, posted_by)
       VALUES (99, 'LP-2025-000099', $1, $2, 'CREDIT', 'EARNINGS', 500, 'CASH', '99', '2025-11-02', '2025-11-08',
         'POSTED', now(), $3)`,
      [stranger.driver_id, stranger.id, clerk],
    );
    expect(await differences()).toEqual([
      'POSTING LP-2025-000099 has no entry in the audit log by the user who made it',
    ]);
  });

  it('names a user that was forged by INSERT', async () => {
    const [{ id }] = await app.db.query<[{ id: number }]>(
      `INSERT INTO users (email, name, password_hash, roles, created_on, updated_on)
       VALUES ('mallory@example.com', 'Mallory', 'known', '{ADMIN}', now(), now()) RETURNING id`,
    );
    expect(await differences()).toEqual([`USER ${id} ${UNAUDITED}`]);
  });

  it('names a deleted user from the sealed state that remains', async () => {
    await tamper(app.db, filled('DELETE FROM users WHERE id = :clerk'));
    expect(await differences()).toEqual([`USER ${clerk} is missing, but its sealed state exists`]);
  });

  it('names chain blocks that were removed from the end together with their sealed rows', async () => {
    const [number] = head.split(':');
    await tamper(
      app.db,
      `DELETE FROM ledger_seals USING ledger_chain WHERE link_number = ${number} AND seal_ids @> ledger_seals.id`,
      `DELETE FROM ledger_chain WHERE link_number = ${number}`,
    );
    expect(await differences()).toContain(`CHAIN_LINK ${number} is not the link of the given head`);
  });

  it('accepts a password change, a role change and a deactivation by the service', async () => {
    const admin = app.as('ADMIN');
    const { id } = await app.get(UserCreationService).register(SYSTEM_ACTOR, {
      email: 'second@example.com',
      name: 'Second',
      password: TEST_PASSWORD,
      roles: ['FINANCE'],
    });
    await app.get(PasswordResetService).reset(SYSTEM_ACTOR, id, {
      password: `${TEST_PASSWORD} again`,
      field: 'password',
      mustChange: true,
    });
    for (const change of [{ roles: ['MANAGER'] }, { active: false }]) {
      expect((await admin.patch(`/users/${id}`, change)).status).toBe(200);
    }
    expect(await differences()).toEqual([]);
  });
});
