import type { SqlRunner } from '../database/page.js';

/**
 * For the rest of the transaction: built-in names mean the built-in functions and operators before any of the schema's, and
 * dates and instants print in the one form that record-encoding.ts reads.
 */
const SETTINGS = [
  'SET LOCAL search_path = pg_catalog, public, pg_temp',
  "SET LOCAL datestyle = 'ISO, YMD'",
  "SET LOCAL timezone = 'UTC'",
];

export async function setVerificationSession(db: SqlRunner): Promise<void> {
  for (const setting of SETTINGS) await db.query(setting);
}
