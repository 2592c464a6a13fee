import { QueryFailedError } from 'typeorm';
import type { DataSource } from 'typeorm';
import { dumpBooks, writtenColumns } from './table-dump.js';

/** How PostgreSQL refused a statement. */
interface StatementRefusal {
  /** SQLSTATE: 55000 from a trigger of ours, 23505 unique key, 23503 foreign key, 23514 check */
  readonly code: string;
  readonly constraint?: string;
}

/** Holds that the statement is refused in this way, and that nothing of the books has changed by it. */
export async function expectStatementRefused(
  db: DataSource,
  refusal: Partial<StatementRefusal>,
  sql: string,
  parameters: unknown[] = [],
): Promise<void> {
  const before = await dumpBooks(db);
  expect(await refusalOf(db, sql, parameters)).toMatchObject(refusal);
  expect(await dumpBooks(db)).toEqual(before);
}

async function refusalOf(db: DataSource, sql: string, parameters: unknown[]): Promise<StatementRefusal> {
  try {
    await db.query(sql, parameters);
  } catch (error) {
    if (error instanceof QueryFailedError) return error.driverError;
    throw error;
  }
  throw new Error(`the database took it: ${sql}`);
}

/** Inserts the first row of the table a second time, but for these columns. Its parameters: the changes as JSON. */
export async function insertCopy(db: DataSource, table: string): Promise<string> {
  const columns = await writtenColumns(db, table);
  return `INSERT INTO ${table} (${columns})
   SELECT ${columns}
   FROM jsonb_populate_record(NULL::${table},
     (SELECT to_jsonb(original) FROM ${table} AS original ORDER BY original LIMIT 1) || $1::jsonb)`;
}
