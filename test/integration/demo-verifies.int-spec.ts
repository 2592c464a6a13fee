import { LedgerVerificationService } from '../../src/modules/ledger/index.js';
import { createDemoDatabase } from '../support/documents/demo-database.js';
import { tick } from '../support/scheduled-posting.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const NOW = '2025-10-29T09:00:00-04:00';
const NEXT_SUNDAY = '2025-11-02T06:00:00-05:00';

/** The columns of the database that hold a time before the first or after the last. */
async function timesOutside(app: TestApp, first: string, last: string): Promise<string[]> {
  const columns = await app.db.query<{ table: string; column: string }[]>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'`,
  );
  expect(columns.length).toBeGreaterThan(20);
  const outside: string[] = [];
  for (const { table, column } of columns) {
    const rows = await app.db.query<unknown[]>(
      `SELECT 1 FROM "${table}" WHERE "${column}" NOT BETWEEN $1 AND $2 LIMIT 1`,
      [first, last],
    );
    if (rows.length > 0) outside.push(`${table}.${column}`);
  }
  return outside;
}

describe('the demo fleet', () => {
  it('has times of its own weeks only, and passes the ledger verification before and after the next week is posted', async () => {
    const database = await createDemoDatabase(NOW);
    const app = await startTestApp({ now: NOW, databaseUrl: database.url });
    try {
      expect(await timesOutside(app, '2025-08-01', NOW)).toEqual([]);
      const verify = () => app.get(LedgerVerificationService).verify();
      const seeded = await verify();
      expect(seeded).toMatchObject({ ok: true, differences: [], checked: { loans: 12 } });
      expect(seeded.checked['allocations']).toBeGreaterThan(100);
      await tick(app);
      app.clock.set(NEXT_SUNDAY);
      await tick(app);
      const posted = await verify();
      expect(posted).toMatchObject({ ok: true, differences: [] });
      expect(posted.checked['postings']).toBeGreaterThan(seeded.checked['postings'] ?? 0);
    } finally {
      await app.close();
      await database.drop();
    }
  });
});
