import type pg from 'pg';
import { DataSource } from 'typeorm';
import type { Statement } from '../../../src/platform/database/row-streams.js';
import { RowStreams } from '../../../src/platform/database/row-streams.js';
import { openStreams, waitForNoOpenStream } from '../../support/open-streams.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';
import { waitFor } from '../../support/wait-for.js';

interface Counted {
  readonly n: number;
}

const never = (): AbortSignal => AbortSignal.any([]);
const LIMITS = { statementMs: 60_000, idleMs: 60_000 };

let app: TestApp;
let streams: RowStreams;

beforeAll(async () => {
  app = await startTestApp();
  streams = app.get(RowStreams);
  await app.db.query('CREATE TABLE counted AS SELECT n FROM generate_series(1, 5000) AS n');
  await app.db.query('GRANT SELECT ON counted TO PUBLIC');
  // a volatile expression is computed for each row when it is fetched, after the sort
  await app.db.query(`CREATE FUNCTION fails_at_4000(n integer) RETURNS integer VOLATILE LANGUAGE plpgsql AS
    $$ BEGIN RETURN 1 / (4000 - n); END $$`);
});

afterAll(() => app.close());

const counted = ({ select = 'n', from = 'counted', most = 5_000 } = {}): Statement => ({
  text: `SELECT ${select} FROM ${from} WHERE n <= $1 ORDER BY n`,
  parameters: [most],
});

const totalOf = (most: number): Statement => ({
  text: 'SELECT count(*)::integer AS total FROM counted WHERE n <= $1',
  parameters: [most],
});

const pool = (): pg.Pool => (app.get(DataSource).driver as unknown as { master: pg.Pool }).master;

async function read(rows: AsyncIterable<readonly Counted[]>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const batch of rows) numbers.push(...batch.map(({ n }) => n));
  return numbers;
}

describe('a row stream', () => {
  it.each([0, 1, 999, 1_000, 1_001, 5_000])('returns all %i rows of the list in order', async (count) => {
    const stream = await streams.start<Counted>(counted({ most: count }), never());
    expect(await stream.one(totalOf(count))).toEqual({ total: count });
    expect(await read(stream.rows())).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(stream.taken).toBe(count);
    await stream.close();
    expect(await openStreams(app.db)).toEqual([]);
  });

  it('reads the snapshot of its start, whatever is committed meanwhile', async () => {
    const stream = await streams.start<Counted>(counted({ most: 9_000 }), never());
    await app.db.query('INSERT INTO counted VALUES (6000)');
    try {
      expect(await stream.one(totalOf(9_000))).toEqual({ total: 5_000 });
      expect(await read(stream.rows())).toHaveLength(5_000);
    } finally {
      await stream.close();
      await app.db.query('DELETE FROM counted WHERE n = 6000');
    }
  });

  it('fails immediately on an invalid query and releases its connection', async () => {
    const broken = counted({ select: '1 / (n - 1) AS n' });
    await expect(streams.start(broken, never())).rejects.toThrow('division by zero');
    expect(await openStreams(app.db)).toEqual([]);
    expect(pool().idleCount).toBe(pool().totalCount);
  });

  it('fails when a later row fails, and releases its connection when it is closed', async () => {
    const stream = await streams.start<Counted>(counted({ select: 'n, fails_at_4000(n)' }), never());
    await expect(read(stream.rows())).rejects.toThrow('division by zero');
    await stream.close();
    await waitForNoOpenStream(app.db);
    expect(pool().idleCount).toBe(pool().totalCount);
  });

  it('ends when it is closed before its end', async () => {
    const stream = await streams.start<Counted>(counted(), never());
    for await (const batch of stream.rows()) {
      expect(batch).toHaveLength(1_000);
      break;
    }
    await stream.close();
    await waitForNoOpenStream(app.db);
    expect(pool().idleCount).toBe(pool().totalCount);
  });

  it('cancels the running query when its client is gone', async () => {
    const disconnect = new AbortController();
    const slow = counted({ from: 'counted, pg_sleep(600)' });
    const start = streams.start(slow, disconnect.signal);
    await waitFor('the query runs', async () => ((await openStreams(app.db)).length > 0 ? true : null));
    disconnect.abort();
    await expect(start).rejects.toThrow();
    await waitForNoOpenStream(app.db);
  });

  it('is read-only', async () => {
    const writing = counted({ select: `nextval('driver_loan_number') AS n` });
    await expect(streams.start(writing, never())).rejects.toThrow('read-only transaction');
  });

  it('has its own statement timeout, longer than that of other statements', async () => {
    const select = `current_setting('statement_timeout') AS n`;
    const stream = await streams.start<{ n: string }>(counted({ select }), never());
    const [batch] = [await stream.rows().next()];
    expect((batch.value as { n: string }[])[0]?.n).toBe('5min');
    await stream.close();
  });

  it('is aborted when its reader stalls for too long', async () => {
    const stream = await streams.start<Counted>(counted(), never(), { ...LIMITS, idleMs: 50 });
    const rows = stream.rows();
    await rows.next();
    await waitFor('the server ends it', () => Promise.resolve(stream.lost.aborted ? true : null));
    await expect(rows.next()).resolves.toMatchObject({ done: false });
    await expect(rows.next()).rejects.toThrow(/idle-in-transaction timeout/);
    await stream.close();
    expect(await openStreams(app.db)).toEqual([]);
  });
});
