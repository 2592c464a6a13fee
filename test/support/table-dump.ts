import type { DataSource } from 'typeorm';

/** What a posting or a payment may write to, but for the record of the runs themselves. */
const BOOKS = [
  'driver_loans',
  'loan_schedules',
  'loan_status_changes',
  'ledger_postings',
  'ledger_balances',
  'payment_allocations',
] as const;

/** Every row of the books, to be compared with a later dump. */
export async function dumpBooks(db: DataSource): Promise<Record<string, unknown[]>> {
  const dump: Record<string, unknown[]> = {};
  for (const table of BOOKS) dump[table] = await db.query(`SELECT * FROM ${table} ORDER BY id`);
  return dump;
}
