import type { SqlRunner } from '../database/page.js';

/**
 * Settings for the rest of the transaction: built-in names resolve to the built-in functions and operators before
 * those of the schema, and dates and instants are printed in the format that record-encoding.ts reads.
 */
const SETTINGS = [
  'SET LOCAL search_path = pg_catalog, public, pg_temp',
  "SET LOCAL datestyle = 'ISO, YMD'",
  "SET LOCAL timezone = 'UTC'",
];

export async function setVerificationSession(db: SqlRunner): Promise<void> {
  for (const setting of SETTINGS) await db.query(setting);
}
