import { LedgerVerificationService } from '../../../src/modules/ledger/index.js';
import { PasswordResetService, UserRegistrationService } from '../../../src/modules/users/index.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/http/loan.response.js';
import type { RecoveryResponse } from '../../../src/modules/loans/http/recovery.response.js';
import { SYSTEM_ACTOR } from '../../../src/kernel/access/actor.js';
import { aUser } from '../../support/users.js';
import { aLease, aLoan } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { keepBooks, restoreBooks, tamper, tamperAsOwner } from '../../support/tampering.js';
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
  await keepBooks(app.db);
});

afterEach(() => restoreBooks(app.db));

afterAll(() => app.close());

const verify = (kept?: string) => app.get(LedgerVerificationService).verify({ head: kept });

/** The differences from the stored chain head, each as "KIND id message". */
async function differences(): Promise<string[]> {
  const { differences: found } = await verify(head);
  return found.map(({ kind, id, message }) => `${kind} ${id} ${message}`);
}

const CHANGED = 'was changed after it was written: its hash is another';
const UNAUDITED = 'was changed without an entry in the audit log';
const SEALED = 'is not as it was sealed last';

/** Title, table, statement and an expected difference. Placeholders such as `:clerk` are replaced. */
const CHANGES: readonly (readonly [what: string, table: string, sql: string, difference: string])[] = [
  [
    'a changed role',
    'users',
    `UPDATE users SET roles = '{ADMIN}' WHERE id = :clerk`,
    `USER :clerk ${SEALED}: roles`,
  ],
  [
    'a changed password hash',
    'users',
    `UPDATE users SET password_hash = 'known' WHERE id = :clerk`,
    `USER :clerk ${SEALED}: password`,
  ],
  [
    'a deactivated user',
    'users',
    'UPDATE users SET is_active = false WHERE id = :clerk',
    `USER :clerk ${SEALED}: is_active`,
  ],
  [
    'a changed creator of a user',
    'users',
    'UPDATE users SET created_by = :clerk WHERE id = :clerk',
    `USER :clerk ${SEALED}: created_by`,
  ],
  [
    'a forged password reset',
    'users',
    `UPDATE users SET password_reset_by = :clerk, password_reset_on = '2025-11-01' WHERE id = :clerk`,
    `USER :clerk ${SEALED}: password_reset_by, password_reset_on`,
  ],
  [
    'a changed license of a driver',
    'drivers',
    `UPDATE drivers SET tlc_license_number = 'X1' WHERE id = :driver`,
    `DRIVER :driver ${SEALED}: tlc_license_number`,
  ],
  [
    'a changed status of a driver',
    'drivers',
    `UPDATE drivers SET status = 'SUSPENDED' WHERE id = :driver`,
    `DRIVER :driver ${SEALED}: status`,
  ],
  [
    'a longer lease',
    'leases',
    `UPDATE leases SET end_date = '2030-01-01' WHERE id = :lease`,
    `LEASE :lease ${SEALED}: end_date`,
  ],
  [
    'a changed number of a medallion',
    'medallions',
    `UPDATE medallions SET medallion_number = '9Z99' WHERE id = 1`,
    `MEDALLION 1 ${SEALED}: medallion_number`,
  ],
  [
    'a changed plate',
    'vehicles',
    `UPDATE vehicles SET plate = 'T1C' WHERE id = 1`,
    `VEHICLE 1 ${SEALED}: plate`,
  ],
  [
    'a changed purpose of a loan',
    'driver_loans',
    `UPDATE driver_loans SET purpose = 'Another' WHERE loan_id = ':loan'`,
    `LOAN :loan ${SEALED}: purpose`,
  ],
  [
    'an unposted loan raised from 1,500.00 to 15,000.00',
    'driver_loans',
    `UPDATE driver_loans SET loan_amount = 15000, outstanding_balance = 15000 WHERE loan_id = ':loan'`,
    `LOAN :loan ${SEALED}: loan_amount`,
  ],
  [
    'a loan that moved to another driver',
    'driver_loans',
    `UPDATE driver_loans SET driver_id = :driver, lease_id = :lease WHERE loan_id = ':loan'`,
    `LOAN :loan ${SEALED}: lease_id, driver_id`,
  ],
  [
    'unposted interest raised by 5.00',
    'loan_schedules',
    `UPDATE loan_schedules SET interest_amount = interest_amount + 5, interest_carried = interest_carried + 5,
       total_due = total_due + 5, outstanding_balance = outstanding_balance + 5 WHERE installment_id = ':loan-INST-02'`,
    `INSTALLMENT :loan-INST-02 ${SEALED}: interest_amount, interest_carried`,
  ],
];

/** Values that are not sealed themselves but follow from sealed values. */
const DERIVED: readonly (readonly [what: string, sql: string, difference: string])[] = [
  [
    'a loan put on hold',
    `UPDATE driver_loans SET status = 'ON_HOLD' WHERE loan_id = ':loan'`,
    'LOAN :loan its status is not that of its last change',
  ],
  [
    'an approval',
    `UPDATE driver_loans SET approved_by = :clerk, approved_on = now() WHERE loan_id = ':loan'`,
    'LOAN :loan its approval is not that of its changes of status',
  ],
  [
    'interest accrued through a later day',
    `UPDATE driver_loans SET interest_accrued_through = interest_accrued_through + 7 WHERE loan_id = ':loan'`,
    'LOAN :loan its interest is not accrued through what is posted and waived',
  ],
  [
    'interest accrued through an earlier day',
    `UPDATE driver_loans SET interest_accrued_through = interest_accrued_through - 1 WHERE loan_id = ':loan'`,
    'LOAN :loan its interest is not accrued through what is posted and waived',
  ],
  [
    'a changed closing date of a loan',
    `UPDATE driver_loans SET closed_on = closed_on - interval '1 day' WHERE loan_id = 'DL-2025-0002'`,
    'LOAN DL-2025-0002 its status is not that of its last change',
  ],
  [
    'a changed closure reason of a loan',
    `UPDATE driver_loans SET closure_reason = 'Another' WHERE loan_id = 'DL-2025-0002'`,
    'LOAN DL-2025-0002 its status is not that of its last change',
  ],
];

/** Forged records that the service role may insert, so that a change looks like one by the service. */
const FORGED: readonly (readonly [what: string, sql: readonly string[], differences: readonly string[]])[] = [
  [
    'an approval by a user',
    [
      `INSERT INTO loan_status_changes (loan_id, from_status, to_status, reason, changed_by, changed_at)
       VALUES ('DL-2025-0004', 'DRAFT', 'ACTIVE', 'x', :clerk, '2025-11-03T14:00:00Z')`,
      `UPDATE driver_loans SET status = 'ACTIVE', outstanding_balance = loan_amount, approved_by = :clerk,
         approved_on = '2025-11-03T14:00:00Z' WHERE loan_id = 'DL-2025-0004'`,
    ],
    ['STATUS_CHANGE has no entry in the audit log'],
  ],
  [
    'a hold by a user',
    [
      `INSERT INTO loan_status_changes (loan_id, from_status, to_status, reason, changed_by, changed_at)
       VALUES (':loan', 'ACTIVE', 'ON_HOLD', 'x', :clerk, now())`,
      `UPDATE driver_loans SET status = 'ON_HOLD' WHERE loan_id = ':loan'`,
    ],
    ['STATUS_CHANGE has no entry in the audit log'],
  ],
  [
    'a hold without a user',
    [
      `INSERT INTO loan_status_changes (loan_id, from_status, to_status, reason, changed_at)
       VALUES (':loan', 'ACTIVE', 'ON_HOLD', 'x', now())`,
      `UPDATE driver_loans SET status = 'ON_HOLD' WHERE loan_id = ':loan'`,
    ],
    ['STATUS_CHANGE has no entry in the audit log'],
  ],
  [
    'a write-off of an unposted installment',
    [
      `UPDATE loan_schedules SET status = 'SKIPPED', principal_written_off = principal_amount, outstanding_balance = 0
       WHERE installment_id = ':loan-INST-02'`,
      `UPDATE driver_loans SET written_off = i.principal_amount,
         outstanding_balance = driver_loans.outstanding_balance - i.principal_amount
       FROM loan_schedules i WHERE i.installment_id = ':loan-INST-02' AND driver_loans.loan_id = ':loan'`,
    ],
    ['INSTALLMENT :loan-INST-02 its principal is written off, and no write-off of its loan stands'],
  ],
  [
    'a dispute that is resolved only in the balance',
    [`UPDATE ledger_balances SET status = 'OPEN' WHERE status = 'DISPUTED'`],
    ['BALANCE LB-2025-000002 its status does not agree with its posting and what is outstanding'],
  ],
  [
    'a changed poster of an installment',
    [`UPDATE loan_schedules SET posted_by = :clerk WHERE posted_to_ledger AND loan_id = 'DL-2025-0003'`],
    ['INSTALLMENT DL-2025-0003-INST-01 when and by whom it was posted are not those of its DEBIT'],
  ],
];

/** The same for append-only rows. */
const ROW_CHANGES: readonly (readonly [what: string, table: string, sql: string, difference: string])[] = [
  [
    'an audit entry of another user',
    'audit_log',
    'UPDATE audit_log SET actor_id = :clerk WHERE id = 1',
    `AUDIT_ENTRY 1 ${CHANGED}`,
  ],
  [
    'an audit entry that shows another record',
    'audit_log',
    `UPDATE audit_log SET after = after || '{"id": 99}' WHERE id = 1`,
    `AUDIT_ENTRY 1 ${CHANGED}`,
  ],
  [
    'a deleted audit entry',
    'audit_log',
    'DELETE FROM audit_log WHERE id = 2',
    'AUDIT_ENTRY 2 is gone, and a seal names it',
  ],
  [
    'an audit entry inserted with disabled triggers',
    'audit_log',
    `INSERT INTO audit_log (id, at, action, record_type, record_id, row_hash) VALUES (99, now(), 'loan.approve', 'loan', 'X', '')`,
    'AUDIT_ENTRY 99 no seal names it',
  ],
  [
    'a changed reason of a status change',
    'loan_status_changes',
    `UPDATE loan_status_changes SET reason = 'Another' WHERE id = 2`,
    `STATUS_CHANGE 2 ${CHANGED}`,
  ],
  [
    'a deleted status change',
    'loan_status_changes',
    'DELETE FROM loan_status_changes WHERE id = 3',
    'STATUS_CHANGE 3 is gone, and a seal names it',
  ],
  [
    'a larger waiver',
    'loan_interest_waivers',
    'UPDATE loan_interest_waivers SET amount = amount + 10',
    `INTEREST_WAIVER 1 ${CHANGED}`,
  ],
  [
    'a changed agreed schedule',
    'loan_schedule_versions',
    `UPDATE loan_schedule_versions SET installments = '[{"due_date": "2025-11-15"}]' WHERE id = 1`,
    `SCHEDULE_VERSION 1 ${CHANGED}`,
  ],
  [
    'a changed day of a payoff',
    'loan_payoffs',
    'UPDATE loan_payoffs SET interest_accrued_through = interest_accrued_through - 1',
    `PAYOFF 1 ${CHANGED}`,
  ],
  [
    'a changed loan of a recovery',
    'loan_recoveries',
    `UPDATE loan_recoveries SET loan_id = ':loan'`,
    `RECOVERY :recovery ${CHANGED}`,
  ],
  [
    'a larger part of a refund',
    'credit_refunds',
    'UPDATE credit_refunds SET amount = amount + 1',
    `REFUND :refund ${CHANGED}`,
  ],
  [
    'a changed reason of a dispute',
    'balance_disputes',
    `UPDATE balance_disputes SET reason = 'Another'`,
    `DISPUTE 1 ${CHANGED}`,
  ],
  [
    'changed terms in a sealed state',
    'sealed_states',
    `UPDATE sealed_states SET state = state || '{"roles": ["ADMIN"]}' WHERE of_table = 'users' AND record = ':clerk'`,
    `USER :clerk ${SEALED}: roles`,
  ],
  [
    'a larger posting',
    'ledger_postings',
    `UPDATE ledger_postings SET amount = amount + 100 WHERE posting_id = 'LP-2025-000001'`,
    `POSTING LP-2025-000001 ${CHANGED}`,
  ],
  [
    'a smaller allocation',
    'payment_allocations',
    'UPDATE payment_allocations SET amount_allocated = 1',
    `ALLOCATION PA-2025-000001 ${CHANGED}`,
  ],
];

const filled = (text: string): string =>
  text
    .replaceAll(':recovery', recovery)
    .replaceAll(':refund', refund)
    .replaceAll(':clerk', String(clerk))
    .replaceAll(':loan', loan.loan_id)
    .replaceAll(':driver', String(stranger.driver_id))
    .replaceAll(':lease', String(stranger.id));

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
        `POSTING ${id} the time and the reason of its void are not those of its reversal`,
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
      'POSTING LP-2025-000099 has no entry in the audit log of the user who made it',
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
    expect(await differences()).toEqual([`USER ${clerk} is gone, and its sealed state is not`]);
  });

  it('names chain blocks that were removed from the end together with their sealed rows', async () => {
    const [number] = head.split(':');
    await tamper(
      app.db,
      `DELETE FROM ledger_seals USING ledger_chain WHERE link_number = ${number} AND seal_ids @> ledger_seals.id`,
      `DELETE FROM ledger_chain WHERE link_number = ${number}`,
    );
    expect(await differences()).toContain(`CHAIN_LINK ${number} is not the link that was kept`);
  });

  it('accepts a password change, a role change and a deactivation by the service', async () => {
    const admin = app.as('ADMIN');
    const { id } = await app.get(UserRegistrationService).register(SYSTEM_ACTOR, {
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
