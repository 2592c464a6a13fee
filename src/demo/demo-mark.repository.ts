import type { SqlRunner } from '../platform/database/page.js';

/** The comment on the database that records the state of its demo fleet. */
export type DemoMark = 'demo fleet, incomplete' | 'demo fleet';

/** The mark of the database; null if it has no demo fleet, or if version 0.1 created the fleet. */
export async function readDemoMark(db: SqlRunner): Promise<string | null> {
  const [row] = await db.query<[{ mark: string | null }]>(
    `SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = current_database()`,
  );
  return row.mark;
}

/**
 * Only the owner of a database may comment on it. COMMENT accepts no parameters, so the database builds the statement
 * and quotes its parts.
 */
export async function setDemoMark(owner: SqlRunner, mark: DemoMark): Promise<void> {
  const [row] = await owner.query<[{ statement: string }]>(
    `SELECT format('COMMENT ON DATABASE %I IS %L', current_database(), $1::text) AS statement`,
    [mark],
  );
  await owner.query(row.statement);
}
