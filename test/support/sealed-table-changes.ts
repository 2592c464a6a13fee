import { HASH_CHANGED } from './verified-ledger.js';

export const UNAUDITED = 'was changed without an entry in the audit log';
export const SEALED = 'differs from its last sealed state';

/** Title, table, statement and an expected difference. Placeholders such as `:clerk` are replaced. */
export const CHANGES: readonly (readonly [what: string, table: string, sql: string, difference: string])[] = [
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
export const DERIVED: readonly (readonly [what: string, sql: string, difference: string])[] = [
  [
    'a loan put on hold',
    `UPDATE driver_loans SET status = 'ON_HOLD' WHERE loan_id = ':loan'`,
    'LOAN :loan its status differs from its last status change',
  ],
  [
    'an approval',
    `UPDATE driver_loans SET approved_by = :clerk, approved_on = now() WHERE loan_id = ':loan'`,
    'LOAN :loan its approval differs from its status changes',
  ],
  [
    'interest accrued through a later day',
    `UPDATE driver_loans SET interest_accrued_through = interest_accrued_through + 7 WHERE loan_id = ':loan'`,
    'LOAN :loan its accrual date does not match its postings and waivers',
  ],
  [
    'interest accrued through an earlier day',
    `UPDATE driver_loans SET interest_accrued_through = interest_accrued_through - 1 WHERE loan_id = ':loan'`,
    'LOAN :loan its accrual date does not match its postings and waivers',
  ],
  [
    'a changed closing date of a loan',
    `UPDATE driver_loans SET closed_on = closed_on - interval '1 day' WHERE loan_id = 'DL-2025-0002'`,
    'LOAN DL-2025-0002 its status differs from its last status change',
  ],
  [
    'a changed closure reason of a loan',
    `UPDATE driver_loans SET closure_reason = 'Another' WHERE loan_id = 'DL-2025-0002'`,
    'LOAN DL-2025-0002 its status differs from its last status change',
  ],
];

/** The same for append-only rows, and for rows that a verification recomputes. */
export const ROW_CHANGES: readonly (readonly [
  what: string,
  table: string,
  sql: string,
  difference: string,
])[] = [
  [
    'an audit entry of another user',
    'audit_log',
    'UPDATE audit_log SET actor_id = :clerk WHERE id = 1',
    `AUDIT_ENTRY 1 ${HASH_CHANGED}`,
  ],
  [
    'an audit entry that shows another record',
    'audit_log',
    `UPDATE audit_log SET after = after || '{"id": 99}' WHERE id = 1`,
    `AUDIT_ENTRY 1 ${HASH_CHANGED}`,
  ],
  [
    'a deleted audit entry',
    'audit_log',
    'DELETE FROM audit_log WHERE id = 2',
    'AUDIT_ENTRY 2 is missing, but a seal covers it',
  ],
  [
    'an audit entry inserted with disabled triggers',
    'audit_log',
    `INSERT INTO audit_log (id, at, action, record_type, record_id, row_hash) VALUES (99, now(), 'loan.approve', 'loan', 'X', '')`,
    'AUDIT_ENTRY 99 is not covered by a seal',
  ],
  [
    'a changed reason of a status change',
    'loan_status_changes',
    `UPDATE loan_status_changes SET reason = 'Another' WHERE id = 2`,
    `STATUS_CHANGE 2 ${HASH_CHANGED}`,
  ],
  [
    'a deleted status change',
    'loan_status_changes',
    'DELETE FROM loan_status_changes WHERE id = 3',
    'STATUS_CHANGE 3 is missing, but a seal covers it',
  ],
  [
    'a larger waiver',
    'loan_interest_waivers',
    'UPDATE loan_interest_waivers SET amount = amount + 10',
    `INTEREST_WAIVER 1 ${HASH_CHANGED}`,
  ],
  [
    'a changed agreed schedule',
    'loan_schedule_versions',
    `UPDATE loan_schedule_versions SET installments = '[{"due_date": "2025-11-15"}]' WHERE id = 1`,
    `SCHEDULE_VERSION 1 ${HASH_CHANGED}`,
  ],
  [
    'a changed day of a payoff',
    'loan_payoffs',
    'UPDATE loan_payoffs SET interest_accrued_through = interest_accrued_through - 1',
    `PAYOFF 1 ${HASH_CHANGED}`,
  ],
  [
    'a changed loan of a recovery',
    'loan_recoveries',
    `UPDATE loan_recoveries SET loan_id = ':loan'`,
    `RECOVERY :recovery ${HASH_CHANGED}`,
  ],
  [
    'a larger part of a refund',
    'credit_refunds',
    'UPDATE credit_refunds SET amount = amount + 1',
    `REFUND :refund ${HASH_CHANGED}`,
  ],
  [
    'a changed reason of a dispute',
    'balance_disputes',
    `UPDATE balance_disputes SET reason = 'Another'`,
    `DISPUTE 1 ${HASH_CHANGED}`,
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
    `POSTING LP-2025-000001 ${HASH_CHANGED}`,
  ],
  [
    'a smaller allocation',
    'payment_allocations',
    'UPDATE payment_allocations SET amount_allocated = 1',
    `ALLOCATION PA-2025-000001 ${HASH_CHANGED}`,
  ],
  [
    'a larger balance',
    'ledger_balances',
    `UPDATE ledger_balances SET original_amount = original_amount + 5, payment_applied = payment_applied + 5
     WHERE balance_id = 'LB-2025-000001'`,
    'BALANCE LB-2025-000001 its amount differs from that of its posting',
  ],
  [
    'a larger credit',
    'ledger_credits',
    'UPDATE ledger_credits SET amount = amount + 5, left_over = left_over + 5',
    'POSTING LP-2025-000002 its credit differs from its amount less allocations and refunds',
  ],
  [
    'a changed seal',
    'ledger_seals',
    `UPDATE ledger_seals SET rows_hash = '' WHERE id = 1`,
    'SEAL 1 its rows differ from the rows that it sealed',
  ],
  [
    'a changed link',
    'ledger_chain',
    `UPDATE ledger_chain SET linked_at = linked_at + interval '1 day' WHERE link_number = 1`,
    `CHAIN_LINK 1 ${HASH_CHANGED}`,
  ],
];
