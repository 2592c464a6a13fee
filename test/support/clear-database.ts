import type { DataSource } from 'typeorm';

/** Tables that are not emptied: the users of the test, their sessions, and the tables of the schema itself. */
const KEPT = ['schema_migrations', 'typeorm_metadata', 'users', 'sign_in_locks', 'sessions'];

/**
 * Empties all other tables and restarts their sequences. Only a superuser with disabled triggers can do this. It is much
 * faster than a new database. The sealed states of the users are recorded again, as a migration does.
 */
export async function clearDatabase(db: DataSource): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica');
    const states = await tx.query<{ state: object }[]>(
      `SELECT DISTINCT ON (record) state FROM sealed_states WHERE of_table = 'users' ORDER BY record, id DESC`,
    );
    const tables = await tx.query<{ name: string }[]>(
      `SELECT quote_ident(relname) AS name FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL ($1)`,
      [KEPT],
    );
    await tx.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY CASCADE`);
    await tx.query(
      `SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
       WHERE NOT EXISTS (SELECT 1 FROM pg_depend JOIN pg_class kept ON kept.oid = refobjid
                         WHERE objid = seqrelid AND kept.relname = ANY ($1))`,
      [KEPT],
    );
    await tx.query('SET LOCAL session_replication_role = origin');
    await tx.query(
      `INSERT INTO sealed_states (of_table, record, state, transaction_id)
       SELECT 'users', state ->> 'id', state, NULL FROM jsonb_array_elements($1::jsonb) AS state`,
      [JSON.stringify(states.map(({ state }) => state))],
    );
  });
}
