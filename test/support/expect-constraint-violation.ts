import { QueryFailedError } from 'typeorm';
import type { DataSource } from 'typeorm';
import { dumpLedgerTables, writtenColumns } from './table-dump.js';

/** How PostgreSQL rejected a statement. */
interface Violation {
  /** SQLSTATE: 55000 from our own triggers, 23505 unique key, 23503 foreign key, 23514 check */
  readonly code: string;
  readonly constraint?: string;
}

/** Expects that PostgreSQL rejects the statement with this violation and that no table changes. */
export async function expectConstraintViolation(
  db: DataSource,
  violation: Partial<Violation>,
  sql: string,
  parameters: unknown[] = [],
): Promise<void> {
  const before = await dumpLedgerTables(db);
  expect(await violationOf(db, sql, parameters)).toMatchObject(violation);
  expect(await dumpLedgerTables(db)).toEqual(before);
}

async function violationOf(db: DataSource, sql: string, parameters: unknown[]): Promise<Violation> {
  try {
    await db.query(sql, parameters);
  } catch (error) {
    if (error instanceof QueryFailedError) return error.driverError;
    throw error;
  }
  throw new Error(`the database accepted the statement: ${sql}`);
}

/** SQL that inserts a copy of the first row of the table. Its parameter is a JSON object with the changed columns. */
export async function insertCopy(db: DataSource, table: string): Promise<string> {
  const columns = await writtenColumns(db, table);
  return `INSERT INTO ${table} (${columns})
   SELECT ${columns}
   FROM jsonb_populate_record(NULL::${table},
     (SELECT to_jsonb(original) FROM ${table} AS original ORDER BY original LIMIT 1) || $1::jsonb)`;
}
