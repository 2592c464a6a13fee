import { DatabaseClient } from '../database-client.js';
import type { SqlRunner } from '../page.js';

/** Runs the work on a connection of the table owner. For work that the service role has no permission for. */
export async function asOwner(ownerUrl: string, work: (owner: SqlRunner) => Promise<void>): Promise<void> {
  const client = new DatabaseClient({ connectionString: ownerUrl, application_name: 'driver-loans' });
  await client.connect();
  try {
    await work({
      query: async <T>(sql: string, parameters?: unknown[]) =>
        (await client.query(sql, parameters)).rows as T,
    });
  } finally {
    await client.end();
  }
}
