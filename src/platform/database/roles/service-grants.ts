import pg from 'pg';
import type { DataSource } from 'typeorm';

/**
 * The columns that the service may update, by table. All other columns keep their inserted values. A table without
 * an entry is append-only for the service.
 */
export const UPDATABLE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  driver_loans: [
    'purpose',
    'notes',
    'loan_date',
    'start_week',
    'end_week',
    'status',
    'total_principal_paid',
    'total_interest_paid',
    'outstanding_balance',
    'approved_by',
    'approved_on',
    'closed_on',
    'closure_reason',
    'updated_on',
    'written_off',
    'interest_accrued_through',
    'waived_interest',
    'recovered',
  ],
  drivers: ['tlc_license_number', 'first_name', 'last_name', 'phone', 'email', 'status', 'updated_on'],
  idempotency_keys: ['request_hash', 'answer', 'created_at'],
  leases: ['start_date', 'end_date', 'status', 'updated_on'],
  ledger_balances: ['payment_applied', 'outstanding_balance', 'status', 'updated_on'],
  ledger_credits: ['allocated', 'refunded', 'left_over', 'is_voided'],
  ledger_postings: ['status', 'voided_by_posting_id', 'voided_at', 'void_reason'],
  ledger_seals: ['is_linked'],
  loan_schedules: [
    'due_date',
    'week_start',
    'week_end',
    'interest_amount',
    'total_due',
    'principal_paid',
    'interest_paid',
    'outstanding_balance',
    'interest_principal',
    'status',
    'posted_to_ledger',
    'ledger_balance_id',
    'posted_on',
    'posted_by',
    'updated_on',
    'principal_written_off',
    'interest_written_off',
    'interest_from',
    'interest_to',
    'interest_carried',
  ],
  // a row is locked by SELECT FOR UPDATE, which requires this, and then deleted
  posting_run_batches: ['last_id'],
  posting_runs: [
    'status',
    'installments_due',
    'installments_posted',
    'total_amount_posted',
    'credits_applied',
    'failure',
    'finished_at',
    'posting_ids',
  ],
  sessions: ['secret_hash', 'lives_until'],
  settlement_lines: [
    'status',
    'applied',
    'net',
    'posting_id',
    'allocations_count',
    'error_code',
    'error_message',
  ],
  settlement_runs: [
    'content_hash',
    'status',
    'lines_paid',
    'lines_rejected',
    'lines_nothing_due',
    'total_earnings',
    'total_applied',
    'total_net',
    'failure',
    'completed_at',
    'voided_by',
    'voided_at',
    'void_reason',
  ],
  sign_in_locks: ['failures', 'failed_at', 'locked_until'],
  users: [
    'name',
    'roles',
    'is_active',
    'password_hash',
    'must_change_password',
    'password_reset_by',
    'password_reset_on',
    'updated_on',
  ],
};

/** The tables from which the service may delete rows: the rows expire, are done or are void, and no report needs them. */
export const DELETABLE_TABLES: readonly string[] = [
  'idempotency_keys',
  'posting_run_batches',
  'sessions',
  'settled_earnings',
  'sign_in_locks',
];

/** The tables that only migrations write */
export const READ_ONLY_TABLES: readonly string[] = ['schema_migrations', 'typeorm_metadata'];

/** The tables and sequences that the migration role owns in its schema, as quoted lists */
const OWNED = `
  SELECT string_agg(oid::regclass::text, ', ') FILTER (WHERE relkind <> 'S') AS tables,
         string_agg(oid::regclass::text, ', ') FILTER (WHERE relkind = 'S') AS sequences
  FROM pg_class
  WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relkind IN ('r', 'p', 'S')
    AND pg_has_role(relowner, 'USAGE')`;

/**
 * Grants the service role what it needs on every table of the schema, and revokes everything else. Run it as the
 * owner of the tables after each migration. It is one transaction, so a running service is not affected.
 */
export async function grantToService(owner: DataSource, serviceRole: string): Promise<void> {
  const role = pg.escapeIdentifier(serviceRole);
  await owner.transaction(async (tx) => {
    const [{ tables, sequences }] = await tx.query<[{ tables: string; sequences: string }]>(OWNED);
    const statements = [
      `REVOKE ALL ON ${tables} FROM ${role}`,
      `REVOKE ALL ON ${sequences} FROM ${role}`,
      `GRANT SELECT, INSERT ON ${tables} TO ${role}`,
      `GRANT USAGE ON ${sequences} TO ${role}`,
      `REVOKE INSERT ON ${READ_ONLY_TABLES.join(', ')} FROM ${role}`,
      `GRANT DELETE ON ${DELETABLE_TABLES.join(', ')} TO ${role}`,
      ...Object.entries(UPDATABLE_COLUMNS).map(
        ([table, columns]) => `GRANT UPDATE (${columns.join(', ')}) ON ${table} TO ${role}`,
      ),
    ];
    for (const statement of statements) await tx.query(statement);
  });
}
