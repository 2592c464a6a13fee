import type { DataSource } from 'typeorm';

/** The tables that a posting or a payment may write to, except the posting runs. */
const LEDGER_TABLES = [
  'driver_loans',
  'loan_schedules',
  'loan_status_changes',
  'loan_recoveries',
  'ledger_postings',
  'ledger_balances',
  'payment_allocations',
] as const;

/** Every row of these tables, for comparison with a later dump. */
export function dumpLedgerTables(db: DataSource): Promise<Record<string, object[]>> {
  return dumpTables(db, LEDGER_TABLES);
}

/** Every row of the given tables, for comparison with another dump. */
export async function dumpTables(
  db: DataSource,
  tables: readonly string[],
): Promise<Record<string, object[]>> {
  const dump: Record<string, object[]> = {};
  for (const table of tables) {
    const rows = await db.query<{ row: object }[]>(
      `SELECT to_jsonb(entry) AS row FROM ${table} AS entry ORDER BY to_jsonb(entry)`,
    );
    dump[table] = rows.map(({ row }) => row);
  }
  return dump;
}

/** The writable columns of the table as an SQL list: all except generated columns. */
export async function writtenColumns(db: Pick<DataSource, 'query'>, table: string): Promise<string> {
  const rows = await db.query<[{ columns: string }]>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows[0].columns;
}
