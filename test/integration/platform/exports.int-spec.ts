import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { PagedSql } from '../../../src/platform/database/page.js';
import type { RowStream } from '../../../src/platform/database/row-streams.js';
import { RowStreams } from '../../../src/platform/database/row-streams.js';
import type { ExportRequest, ListColumn } from '../../../src/platform/export/export-request.js';
import { Exports } from '../../../src/platform/export/exports.js';
import { waitForNoOpenStream } from '../../support/open-streams.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';
import { waitFor } from '../../support/wait-for.js';

const ROWS = 60_000;
/** How far the export may read ahead of its client: batches of the cursor and the buffers in between */
const MOST_AHEAD = 10_000;

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());
afterEach(() => jest.restoreAllMocks());

/** Rows that do not compress well. */
function orderOf(more: Partial<PagedSql> = {}, columns: readonly ListColumn[] = []): ExportRequest<object> {
  return {
    definition: {
      title: 'Lines',
      name: 'lines',
      columns: [{ field: 'text', heading: 'Text', kind: 'text', width: 32 }, ...columns],
      filters: {},
    },
    query: {},
    sql: {
      select: 'SELECT md5(n::text) AS text',
      from: 'FROM generate_series(1, $1) AS n',
      orderBy: 'n',
      parameters: [ROWS],
      ...more,
    },
  };
}

const begin = async (
  format: string,
  order = orderOf(),
  disconnect = new AbortController(),
): Promise<Readable> => {
  const actor = { userId: 1, permissions: new Set<never>() };
  return (await app.get(Exports).file(order, { actor, format, clientGone: disconnect.signal })).getStream();
};

describe('an exported file', () => {
  it.each(['csv', 'json', 'excel', 'pdf'])(
    'in the format %s reads rows at the pace of its client',
    async (format) => {
      const started = jest.spyOn(app.get(RowStreams), 'start');
      const file = await begin(format);
      const rows = (await started.mock.results[0]?.value) as RowStream<object>;
      // enough time to fetch all batches several times, if the export read ahead
      for (let round = 0; round < (3 * ROWS) / 1_000; round += 1) await app.db.query('SELECT 1');
      expect(rows.taken).toBeLessThan(MOST_AHEAD);
      file.destroy();
      await waitForNoOpenStream(app.db);
      expect(rows.taken).toBeLessThan(MOST_AHEAD);
    },
  );

  it('never reads far ahead of its client', async () => {
    const started = jest.spyOn(app.get(RowStreams), 'start');
    const file = await begin('csv');
    const rows = (await started.mock.results[0]?.value) as RowStream<object>;
    let lines = -1;
    for await (const chunk of file) {
      expect(rows.taken - lines).toBeLessThan(MOST_AHEAD);
      lines += String(chunk).split('\n').length - 1;
    }
    expect([lines, rows.taken]).toEqual([ROWS, ROWS]);
    await waitForNoOpenStream(app.db);
  });

  it('cancels the running query when the client disconnects before the first byte', async () => {
    const disconnect = new AbortController();
    // the first batch does not sleep
    const select = `SELECT md5(n::text) AS text, CASE WHEN n > 5000 THEN length(pg_sleep(600)::text) END AS late`;
    const late = { field: 'late', heading: 'Late', kind: 'integer', width: 9, isSummed: true } as const;
    const order = orderOf({ select }, [late]);
    const rejection = expect(begin('pdf', order, disconnect)).rejects.toThrow(
      'canceling statement due to user request',
    );
    const adding = `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT count%pg_sleep%' AND state = 'active'`;
    await waitFor('rows are added up', async () =>
      (await app.db.query<unknown[]>(adding)).length > 0 ? true : null,
    );
    disconnect.abort();
    await rejection;
    await waitForNoOpenStream(app.db);
  });

  it('cancels the running fetch when the client disconnects', async () => {
    const disconnect = new AbortController();
    const slow = 'CASE WHEN n > 5000 THEN pg_sleep(600)::text END AS late';
    const file = await begin('csv', orderOf({ select: `SELECT md5(n::text) AS text, ${slow}` }), disconnect);
    const broken = once(file, 'close').catch((error: unknown) => error);
    file.resume();
    await waitFor('it is slow', async () =>
      (
        await app.db.query<unknown[]>(
          `SELECT FROM pg_stat_activity WHERE query LIKE 'FETCH%' AND state = 'active' AND wait_event = 'PgSleep'`,
        )
      ).length > 0
        ? true
        : null,
    );
    disconnect.abort();
    await waitForNoOpenStream(app.db);
    await broken;
    expect(file.readableEnded).toBe(false);
  });
});
