/** Append-only tables whose rows the migration starts to seal, with the expression that is hashed for each row. */
export const ROWS = [
  {
    table: 'posting_run_errors',
    hashed: `line.id, line.run_id, line.installment_id, line.code, convert_to(line.message, 'UTF8')`,
  },
  {
    table: 'outbox',
    hashed: `line.id, line.occurred_at, line.type, line.version, line.aggregate_type,
        convert_to(line.aggregate_id, 'UTF8'), convert_to(line.payload::text, 'UTF8'), line.actor_id,
        convert_to(line.request_id, 'UTF8')`,
  },
] as const;

/** What a line of a settlement run keeps once it is settled or rejected. Its status follows from its posting and its run. */
const LINE_COLUMNS = [
  ...[
    'id',
    'run_id',
    'line_number',
    'driver_id',
    'tlc_license_number',
    'lease_id',
    'amount',
    'min_take_home',
  ],
  ...['source_id', 'applied', 'net', 'posting_id', 'allocations_count', 'error_code', 'error_message'],
];

export const LINE = {
  table: 'settlement_lines',
  columns: LINE_COLUMNS,
  hashed: `line.id, line.run_id, line.line_number, line.driver_id, convert_to(line.tlc_license_number, 'UTF8'),
        line.lease_id, line.amount, line.min_take_home, convert_to(line.source_id, 'UTF8'), line.applied, line.net,
        line.posting_id, line.allocations_count, line.error_code, convert_to(line.error_message, 'UTF8')`,
} as const;

/** Tables whose rows change. Each change of one of these columns adds a row to sealed_states. */
export const STATES = [
  {
    table: 'posting_runs',
    columns: [
      ...['id', 'trigger', 'scheduled_week', 'period_start', 'period_end', 'loan_id', 'dry_run', 'status'],
      ...['installments_due', 'installments_posted', 'total_amount_posted', 'credits_applied', 'failure'],
      ...['started_by', 'started_at', 'finished_at', 'posting_ids'],
    ],
    // a hash of the ids: a batch may have thousands of ranges if another one is posted at the same time
    state: `'id', line.id, 'trigger', line.trigger, 'scheduled_week', line.scheduled_week,
        'period_start', line.period_start, 'period_end', line.period_end, 'loan_id', line.loan_id,
        'dry_run', line.dry_run, 'status', line.status, 'installments_due', line.installments_due,
        'installments_posted', line.installments_posted, 'total_amount_posted', line.total_amount_posted::text,
        'credits_applied', line.credits_applied::text, 'failure', line.failure, 'started_by', line.started_by,
        'started_at', line.started_at AT TIME ZONE 'UTC', 'finished_at', line.finished_at AT TIME ZONE 'UTC',
        'posting_ids', encode(sha256(convert_to(line.posting_ids::text, 'UTF8')), 'hex')`,
  },
  {
    table: 'settlement_runs',
    columns: [
      ...['id', 'run_id', 'payment_period_start', 'content_hash', 'status', 'lines_total', 'lines_paid'],
      ...['lines_rejected', 'lines_nothing_due', 'total_earnings', 'total_applied', 'total_net', 'failure'],
      ...['started_by', 'started_at', 'completed_at', 'voided_by', 'voided_at', 'void_reason'],
    ],
    state: `'id', line.id, 'run_id', line.run_id, 'payment_period_start', line.payment_period_start,
        'content_hash', encode(line.content_hash, 'hex'), 'status', line.status, 'lines_total', line.lines_total,
        'lines_paid', line.lines_paid, 'lines_rejected', line.lines_rejected,
        'lines_nothing_due', line.lines_nothing_due, 'total_earnings', line.total_earnings::text,
        'total_applied', line.total_applied::text, 'total_net', line.total_net::text, 'failure', line.failure,
        'started_by', line.started_by, 'started_at', line.started_at AT TIME ZONE 'UTC',
        'completed_at', line.completed_at AT TIME ZONE 'UTC', 'voided_by', line.voided_by,
        'voided_at', line.voided_at AT TIME ZONE 'UTC', 'void_reason', line.void_reason`,
  },
  {
    table: 'idempotency_keys',
    columns: ['id', 'user_id', 'route', 'key', 'request_hash', 'answer', 'created_at'],
    // an answer may be long, and its request is not to be found after it has expired
    state: `'id', line.id, 'user_id', line.user_id, 'route', line.route, 'request_hash', line.request_hash,
        'created_at', line.created_at AT TIME ZONE 'UTC',
        'key', encode(sha256(convert_to(line.key, 'UTF8')), 'hex'),
        'answer', encode(sha256(convert_to(line.answer::text, 'UTF8')), 'hex')`,
  },
] as const;
