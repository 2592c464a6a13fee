import { QueryFailedError } from 'typeorm';
import type { DataSource } from 'typeorm';

/** How PostgreSQL refused a statement. */
export interface StatementRefusal {
  /** SQLSTATE: 55000 from a trigger of ours, 23505 unique key, 23503 foreign key, 23514 check */
  readonly code: string;
  readonly constraint?: string;
}

/** Runs the statement, which must be refused, and answers how it was. */
export async function refusalOf(
  db: DataSource,
  sql: string,
  parameters: unknown[] = [],
): Promise<StatementRefusal> {
  try {
    await db.query(sql, parameters);
  } catch (error) {
    if (error instanceof QueryFailedError) return error.driverError as unknown as StatementRefusal;
    throw error;
  }
  throw new Error(`the database took it: ${sql}`);
}

/** Inserts the first row of the table a second time, but for these columns. Its parameters: the changes as JSON. */
export const insertCopy = (table: string): string =>
  `INSERT INTO ${table}
   SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(original) || $1::jsonb)).*
   FROM (SELECT * FROM ${table} ORDER BY 1 LIMIT 1) AS original`;
