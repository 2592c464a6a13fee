import { DatabaseClient } from '../database-client.js';
import type { SqlRunner } from '../page.js';

/** Does the work on a connection of the owner of the tables, for what the role of the service cannot do. */
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
