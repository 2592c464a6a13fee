/** Forged records that the service role may insert, so that a change looks like one by the service. */
export const FORGED: readonly (readonly [
  what: string,
  sql: readonly string[],
  differences: readonly string[],
])[] = [
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
    ['INSTALLMENT :loan-INST-02 its principal is written off, but its loan has no active write-off'],
  ],
  [
    'a dispute that is resolved only in the balance',
    [`UPDATE ledger_balances SET status = 'OPEN' WHERE status = 'DISPUTED'`],
    ['BALANCE LB-2025-000002 its status does not match its posting and outstanding amount'],
  ],
  [
    'a changed poster of an installment',
    [`UPDATE loan_schedules SET posted_by = :clerk WHERE posted_to_ledger AND loan_id = 'DL-2025-0003'`],
    ['INSTALLMENT DL-2025-0003-INST-01 the time and user of its posting differ from those of its DEBIT'],
  ],
];
