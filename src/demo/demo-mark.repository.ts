import type { SqlRunner } from '../platform/database/page.js';

/** What a comment on the database says of its demo fleet. */
export type DemoMark = 'demo fleet, incomplete' | 'demo fleet';

/** The mark of the database; null where it holds no demo, or one that 0.1 made. */
export async function readDemoMark(db: SqlRunner): Promise<string | null> {
  const [row] = await db.query<[{ mark: string | null }]>(
    `SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = current_database()`,
  );
  return row.mark;
}

/**
 * Only the owner of the database may comment on it. COMMENT takes no parameters, so the statement is put together by the
 * database, with every part quoted.
 */
export async function setDemoMark(owner: SqlRunner, mark: DemoMark): Promise<void> {
  const [row] = await owner.query<[{ statement: string }]>(
    `SELECT format('COMMENT ON DATABASE %I IS %L', current_database(), $1::text) AS statement`,
    [mark],
  );
  await owner.query(row.statement);
}
