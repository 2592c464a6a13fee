import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { PagedSql } from '../../../src/platform/database/page.js';
import type { RowStream } from '../../../src/platform/database/row-streams.js';
import { RowStreams } from '../../../src/platform/database/row-streams.js';
import type { ExportOrder } from '../../../src/platform/export/export-order.js';
import { Exports } from '../../../src/platform/export/exports.js';
import { untilNoStreamIsOpen } from '../../support/open-streams.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';
import { waitFor } from '../../support/wait-for.js';

interface Line {
  readonly text: string;
}

const ROWS = 60_000;
/** What may be read ahead of a reader: batches of the cursor, and what the buffers on the way hold */
const MOST_AHEAD = 10_000;

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());
afterEach(() => jest.restoreAllMocks());

/** Lines that cannot be packed into much less. */
function orderOf(more: Partial<PagedSql> = {}): ExportOrder<Line, object> {
  return {
    definition: {
      title: 'Lines',
      name: 'lines',
      columns: [{ field: 'text', heading: 'Text', kind: 'text', width: 32 }],
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

const begin = async (format: string, order = orderOf(), gone = new AbortController()): Promise<Readable> => {
  const actor = { userId: 1, permissions: new Set<never>() };
  return (await app.get(Exports).file(order, { actor, format, gone: gone.signal })).getStream();
};

describe('a file', () => {
  it.each(['csv', 'json', 'excel', 'pdf'])('of %s takes rows at the pace of its reader', async (format) => {
    const started = jest.spyOn(app.get(RowStreams), 'start');
    const file = await begin(format);
    const rows = (await started.mock.results[0]?.value) as RowStream<Line>;
    // time enough to fetch all batches several times, if anything did so
    for (let round = 0; round < (3 * ROWS) / 1_000; round += 1) await app.db.query('SELECT 1');
    expect(rows.taken).toBeLessThan(MOST_AHEAD);
    file.destroy();
    await untilNoStreamIsOpen(app.db);
    expect(rows.taken).toBeLessThan(MOST_AHEAD);
  });

  it('is never far ahead of its reader, to its end', async () => {
    const started = jest.spyOn(app.get(RowStreams), 'start');
    const file = await begin('csv');
    const rows = (await started.mock.results[0]?.value) as RowStream<Line>;
    let lines = -1;
    for await (const chunk of file) {
      expect(rows.taken - lines).toBeLessThan(MOST_AHEAD);
      lines += String(chunk).split('\n').length - 1;
    }
    expect([lines, rows.taken]).toEqual([ROWS, ROWS]);
    await untilNoStreamIsOpen(app.db);
  });

  it('that is given up before its first byte ends the query that the server is working on', async () => {
    const gone = new AbortController();
    const order = orderOf({ narrow: { from: 'FROM pg_sleep(600), generate_series(1, $1)', key: 'n' } });
    const refused = expect(begin('pdf', order, gone)).rejects.toThrow(
      'canceling statement due to user request',
    );
    const counting = `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT count%pg_sleep%' AND state = 'active'`;
    await waitFor('rows are counted', async () =>
      (await app.db.query<unknown[]>(counting)).length > 0 ? true : null,
    );
    gone.abort();
    await refused;
    await untilNoStreamIsOpen(app.db);
  });

  it('that is given up while a batch is fetched ends that fetch', async () => {
    const gone = new AbortController();
    const slow = 'CASE WHEN n > 5000 THEN pg_sleep(600)::text END AS late';
    const file = await begin('csv', orderOf({ select: `SELECT md5(n::text) AS text, ${slow}` }), gone);
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
    gone.abort();
    await untilNoStreamIsOpen(app.db);
    await broken;
    expect(file.readableEnded).toBe(false);
  });
});
