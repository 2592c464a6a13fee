import type { DataSource } from 'typeorm';
import { writtenColumns } from './table-dump.js';

/** Runs the statements as a superuser with disabled triggers and foreign keys. */
export async function tamper(db: DataSource, ...statements: readonly string[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica');
    for (const statement of statements) await tx.query(statement);
  });
}

/** Runs the statements as the owner of the tables, who disables their triggers and enables them afterwards. */
export async function tamperAsOwner(
  db: DataSource,
  table: string,
  ...statements: readonly string[]
): Promise<void> {
  await db.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  try {
    for (const statement of statements) await db.query(statement);
  } finally {
    await db.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
}

/** Writes the audit entry for each posting that a test inserted by SQL, like the service does. */
export async function auditInsertedPostings(db: DataSource): Promise<void> {
  await db.query(`
    INSERT INTO audit_log (at, actor_id, action, record_type, record_id)
    SELECT p.posted_at, p.posted_by,
           CASE p.kind WHEN 'VOID' THEN 'ledger.void' WHEN 'PAYMENT' THEN 'ledger.payment'
                       WHEN 'REFUND' THEN 'ledger.refund' ELSE 'ledger.obligation' END,
           'ledger_posting', coalesce(p.reverses_posting_id, p.posting_id)
    FROM ledger_postings p
    WHERE NOT EXISTS (SELECT 1 FROM audit_log a WHERE a.record_type = 'ledger_posting'
                        AND a.record_id = coalesce(p.reverses_posting_id, p.posting_id))`);
}

/** Every table of the schema, without the copies of saveTables. */
async function savedTables(db: DataSource): Promise<string[]> {
  const rows = await db.query<{ name: string }[]>(
    `SELECT relname::text AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT starts_with(relname, 'kept_')`,
  );
  return rows.map(({ name }) => name);
}

/** Saves a copy of every table. */
export async function saveTables(db: DataSource): Promise<void> {
  for (const table of await savedTables(db)) await db.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
}

/** Restores the tables from the copy of saveTables. */
export async function restoreTables(db: DataSource): Promise<void> {
  const statements: string[] = [];
  for (const table of await savedTables(db)) {
    const columns = await writtenColumns(db, table);
    statements.push(
      `DELETE FROM ${table}`,
      `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM kept_${table}`,
    );
  }
  await tamper(db, ...statements);
}
