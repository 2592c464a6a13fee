import type { DataSource } from 'typeorm';

/** Runs the statements as somebody who may switch triggers and foreign keys off, and did. */
export async function tamper(db: DataSource, ...statements: readonly string[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica');
    for (const statement of statements) await tx.query(statement);
  });
}

const BOOKS = [
  'driver_loans',
  'loan_schedules',
  'ledger_postings',
  'ledger_balances',
  'payment_allocations',
  'ledger_seals',
  'ledger_chain',
];

/** Keeps the books as they are now. */
export async function keepBooks(db: DataSource): Promise<void> {
  for (const table of BOOKS) await db.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
}

/** Puts the books back to what they were when they were kept. */
export async function restoreBooks(db: DataSource): Promise<void> {
  await tamper(
    db,
    ...BOOKS.flatMap((table) => [
      `DELETE FROM ${table}`,
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM kept_${table}`,
    ]),
  );
}
