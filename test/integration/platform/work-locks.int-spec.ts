import { DataSource } from 'typeorm';
import { WorkLocks } from '../../../src/platform/database/work-locks.js';
import type { TestDatabase } from '../../support/test-database.js';
import { createTestDatabase } from '../../support/test-database.js';

const KIND = 4_270_098;

let database: TestDatabase;
let db: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  db = await new DataSource({ type: 'postgres', url: database.ownerUrl, poolSize: 2 }).initialize();
});

afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const isMarked = async (id: number): Promise<boolean> => {
  const [row] = await db.query<[{ isFree: boolean }]>(
    'SELECT pg_try_advisory_xact_lock($1::integer, $2::integer) AS "isFree"',
    [KIND, id],
  );
  return !row.isFree;
};

const connections = async (): Promise<number> => {
  const [row] = await db.query<[{ count: number }]>(
    `SELECT count(*)::integer AS count FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'driver-loans'`,
  );
  return row.count;
};

describe('a work lock', () => {
  it('is visible to others until the work is done, and all locks share one connection', async () => {
    const locks = new WorkLocks(database.url);
    await locks.during(async (mark) => {
      await mark(KIND, 1);
      await locks.during((markOther) => markOther(KIND, 2));
      expect([await isMarked(1), await isMarked(2), await isMarked(3)]).toEqual([true, true, false]);
      expect(await connections()).toBe(1);
    });
    expect([await isMarked(1), await connections()]).toEqual([false, 0]);
  });

  it('is released when the work throws', async () => {
    const locks = new WorkLocks(database.url);
    const failing = locks.during(async (mark) => {
      await mark(KIND, 1);
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(await isMarked(1)).toBe(false);
  });

  it('can be held by several processes and stays until the last one is done', async () => {
    const [one, other] = [new WorkLocks(database.url), new WorkLocks(database.url)];
    await one.during(async (mark) => {
      await mark(KIND, 1);
      await other.during((markToo) => markToo(KIND, 1));
      expect(await isMarked(1)).toBe(true);
    });
  });

  it('can be acquired again after the server has closed the connection', async () => {
    const locks = new WorkLocks(database.url);
    await locks.during(async (mark) => {
      await mark(KIND, 1);
      await db.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'driver-loans'`,
      );
      await mark(KIND, 2).catch(() => mark(KIND, 2));
      expect(await isMarked(2)).toBe(true);
    });
  });
});
