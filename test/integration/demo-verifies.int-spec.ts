import { LedgerVerificationService } from '../../src/modules/ledger/index.js';
import { createDemoDatabase } from '../support/documents/demo-database.js';
import { tick } from '../support/scheduled-posting.js';
import { startTestApp } from '../support/test-app.js';

const NOW = '2025-10-29T09:00:00-04:00';
const NEXT_SUNDAY = '2025-11-02T06:00:00-05:00';

describe('the demo fleet', () => {
  it('passes the ledger verification before and after the next week is posted', async () => {
    const database = await createDemoDatabase(NOW);
    const app = await startTestApp({ now: NOW, databaseUrl: database.url });
    try {
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
