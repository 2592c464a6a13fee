/** Append-only tables whose rows the migration starts to seal, with the expression that is hashed for each row. */
export const ROWS = [
  {
    table: 'audit_log',
    hashed: `line.id, line.at, line.actor_id, line.action, line.record_type, convert_to(line.record_id, 'UTF8'),
        convert_to(line.before::text, 'UTF8'), convert_to(line.after::text, 'UTF8'),
        convert_to(line.request_id, 'UTF8'), convert_to(line.address, 'UTF8'), line.transaction_id`,
  },
  {
    table: 'loan_status_changes',
    hashed: `line.id, line.loan_id, line.from_status, line.to_status, convert_to(line.reason, 'UTF8'),
        line.changed_by, line.changed_at, line.transaction_id`,
  },
  {
    table: 'balance_disputes',
    hashed: `line.id, line.balance_id, line.step, convert_to(line.reason, 'UTF8'), line.recorded_by,
        line.recorded_at, line.transaction_id`,
  },
  {
    table: 'loan_interest_waivers',
    hashed: `line.id, line.loan_id, line.interest_from, line.interest_to, line.amount,
        convert_to(line.reason, 'UTF8'), line.waived_by, line.waived_at, line.transaction_id`,
  },
  {
    table: 'loan_schedule_versions',
    hashed: `line.id, line.loan_id, line.version, line.act, convert_to(line.reason, 'UTF8'), line.made_by, line.made_at,
        line.outstanding_principal, line.waived_interest, convert_to(line.installments::text, 'UTF8')`,
  },
  {
    table: 'loan_payoffs',
    hashed: `line.id, line.loan_id, line.schedule_version, line.installment_id,
        convert_to(line.replaced_numbers::text, 'UTF8'), line.loan_status, line.interest_accrued_through,
        line.payment_posting_id`,
  },
  { table: 'loan_recoveries', hashed: 'line.id, line.posting_id, line.loan_id, line.amount' },
  {
    table: 'credit_refunds',
    hashed: 'line.id, line.refund_posting_id, line.payment_posting_id, line.amount',
  },
  {
    table: 'sealed_states',
    hashed: `line.id, line.of_table, convert_to(line.record, 'UTF8'), convert_to(line.state::text, 'UTF8'),
        line.transaction_id`,
  },
] as const;

/** Tables whose rows had no id; a seal refers to rows by id. */
export const NUMBERED_NOW = ['loan_schedule_versions', 'loan_payoffs', 'loan_recoveries', 'credit_refunds'];

/** Tables that get the transaction id of each row, which links a change to its audit entry. */
export const WITH_TRANSACTION = [
  'audit_log',
  'loan_status_changes',
  'balance_disputes',
  'loan_interest_waivers',
];

/** Tables whose rows change. Each change of one of these columns adds a row to sealed_states. */
export const STATES = [
  {
    table: 'users',
    record: 'id',
    columns: [
      ...['email', 'name', 'roles', 'is_active', 'password_hash', 'created_by'],
      ...['must_change_password', 'password_reset_by', 'password_reset_on'],
    ],
    // a replaced password hash must not remain in the database; a hash of the hash also shows a change
    state: `'id', line.id, 'email', line.email, 'roles', line.roles, 'is_active', line.is_active,
        'name', line.name, 'created_by', line.created_by, 'must_change_password', line.must_change_password,
        'password_reset_by', line.password_reset_by, 'password_reset_on', line.password_reset_on AT TIME ZONE 'UTC',
        'password', encode(sha256(convert_to(line.password_hash, 'UTF8')), 'hex')`,
  },
  {
    table: 'drivers',
    record: 'id',
    columns: ['id', 'tlc_license_number', 'first_name', 'last_name', 'phone', 'email', 'status'],
    state: `'id', line.id, 'tlc_license_number', line.tlc_license_number, 'first_name', line.first_name,
        'last_name', line.last_name, 'phone', line.phone, 'email', line.email, 'status', line.status`,
  },
  {
    table: 'medallions',
    record: 'id',
    columns: ['id', 'medallion_number'],
    state: `'id', line.id, 'medallion_number', line.medallion_number`,
  },
  { table: 'vehicles', record: 'id', columns: ['id', 'plate'], state: `'id', line.id, 'plate', line.plate` },
  {
    table: 'leases',
    record: 'id',
    columns: [
      ...[
        'id',
        'lease_number',
        'driver_id',
        'medallion_id',
        'vehicle_id',
        'start_date',
        'end_date',
        'status',
      ],
    ],
    state: `'id', line.id, 'lease_number', line.lease_number, 'driver_id', line.driver_id,
        'medallion_id', line.medallion_id, 'vehicle_id', line.vehicle_id, 'start_date', line.start_date,
        'end_date', line.end_date, 'status', line.status`,
  },
  {
    table: 'driver_loans',
    record: 'loan_id',
    columns: [
      'loan_id',
      'driver_id',
      'lease_id',
      'loan_amount',
      'interest_rate',
      'loan_date',
      'created_by',
      'purpose',
      'notes',
    ],
    state: `'loan_id', line.loan_id, 'driver_id', line.driver_id, 'lease_id', line.lease_id,
        'loan_amount', line.loan_amount::text, 'interest_rate', line.interest_rate::text,
        'loan_date', line.loan_date, 'created_by', line.created_by, 'purpose', line.purpose, 'notes', line.notes`,
  },
  {
    table: 'loan_schedules',
    record: 'installment_id',
    columns: [
      ...['installment_id', 'loan_id', 'due_date', 'principal_amount', 'interest_amount'],
      ...['interest_principal', 'interest_rate', 'interest_from', 'interest_to', 'interest_carried'],
    ],
    state: `'installment_id', line.installment_id, 'loan_id', line.loan_id, 'due_date', line.due_date,
        'principal_amount', line.principal_amount::text, 'interest_amount', line.interest_amount::text,
        'interest_principal', line.interest_principal::text, 'interest_rate', line.interest_rate::text,
        'interest_from', line.interest_from, 'interest_to', line.interest_to,
        'interest_carried', line.interest_carried::text`,
  },
] as const;
