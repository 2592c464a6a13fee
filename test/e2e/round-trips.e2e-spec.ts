import { DataSource } from 'typeorm';
import { prepared } from '../../src/platform/database/prepared.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { aLoan } from '../support/factories.js';
import { countRoundTrips } from '../support/round-trips.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { waitFor } from '../support/wait-for.js';

interface Account {
  readonly loan_id: string;
  readonly driver_id: number;
  readonly lease_id: number;
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-03T09:00:00-05:00' });
});
afterAll(() => app.close());

describe('the round trips to the database', () => {
  it('of a payment to a loan, sent with an Idempotency-Key, are at most eight', async () => {
    const loan = await aLoan(app, { start_week: '2025-11-02' });
    await app.as('FINANCE').post('/loans/installments/post', {});
    const clerk = app.as('FINANCE');
    const payment = (source_id: string) => ({
      driver_id: loan.driver_id,
      lease_id: loan.lease_id,
      amount: '50.00',
      source_type: 'WEEKLY_EARNINGS',
      source_id,
      payment_period_start: '2025-11-02',
    });
    const pay = async (number: number): Promise<void> => {
      const key = { 'idempotency-key': `payment-${number}` };
      const answer = await clerk.post('/ledger/payments', payment(`PAY-${number}`), key);
      expect(answer).toMatchObject({ status: 201, body: { total_allocated: '50.00' } });
    };
    // the first one signs in
    await pay(1);
    expect(await countRoundTrips(() => pay(2))).toBeLessThanOrEqual(8);
  });

  it.each<[string, (account: Account) => string]>([
    ['a loan by its id', ({ loan_id }) => `/loans/${loan_id}`],
    ['an account', ({ driver_id, lease_id }) => `/ledger/balances/driver/${driver_id}/lease/${lease_id}`],
    [
      'a statement',
      ({ driver_id, lease_id }) =>
        `/ledger/statements?driver_id=${driver_id}&lease_id=${lease_id}&period_start=2025-11-02`,
    ],
  ])('of %s are one beside the check of the session', async (_, pathOf) => {
    const path = pathOf(await aLoan(app));
    const read = () => app.as('FINANCE').get(path);
    expect((await read()).status).toBe(200);
    // the end of the snapshot is a round trip for which nothing waits
    expect(await countRoundTrips(read)).toBeLessThanOrEqual(3);
  });
});

describe('a transaction', () => {
  const count = async (): Promise<number> => {
    const [row] = await app.db.query<[{ count: number }]>('SELECT count(*)::integer AS count FROM numbered');
    return row.count;
  };
  beforeAll(async () => {
    await app.db.query('CREATE TABLE numbered (n integer PRIMARY KEY)');
    await app.db.query('GRANT SELECT, INSERT ON numbered TO PUBLIC');
  });
  const run = <T>(...work: Parameters<Transactions['run']>) =>
    app.get(Transactions).run(...work) as Promise<T>;

  it('starts in the round trip of its first statement', async () => {
    const trips = await countRoundTrips(() =>
      run((tx) => tx.query('INSERT INTO numbered SELECT $1::integer', [1])),
    );
    expect([trips, await count()]).toEqual([2, 1]);
  });

  it('is rolled back when its first statement fails', async () => {
    await expect(run((tx) => tx.query('INSERT INTO numbered SELECT $1::integer', [1]))).rejects.toThrow(
      'duplicate key',
    );
    await expect(
      run(async (tx) => {
        await tx.query('INSERT INTO numbered SELECT $1::integer', [2]);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await count()).toBe(1);
  });

  it('may start with statements without parameters, and needs no round trip without statements', async () => {
    const found = await run((tx) => tx.query('SELECT n FROM numbered'));
    expect(found).toEqual([{ n: 1 }]);
    expect(await countRoundTrips(() => run(() => Promise.resolve(null)))).toBe(0);
  });

  it('of which one of several statements sent together fails is rolled back with the error of that statement', async () => {
    const work = run((tx) =>
      Promise.all([3, 1, 4].map((n) => tx.query('INSERT INTO numbered SELECT $1::integer', [n]))),
    );
    await expect(work).rejects.toThrow('duplicate key');
    expect(await count()).toBe(1);
  });
});

describe('a snapshot', () => {
  const snapshot = <T>(sql: string, parameters: unknown[] = []) =>
    app.get(Transactions).readSnapshot((db) => db.query<T>(sql, parameters));

  it('reads one moment and cannot write', async () => {
    const modes = `SELECT current_setting('transaction_isolation') AS isolation, current_setting('transaction_read_only') AS is_read_only`;
    expect(await snapshot(modes)).toEqual([{ isolation: 'repeatable read', is_read_only: 'on' }]);
    await expect(snapshot('INSERT INTO numbered SELECT $1::integer', [5])).rejects.toThrow(
      'read-only transaction',
    );
    // the connection can write again
    await app.get(Transactions).run((tx) => tx.query('INSERT INTO numbered SELECT $1::integer', [5]));
  });

  it('ends although nothing waits for its end', async () => {
    await snapshot('SELECT 1');
    const open = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
    await waitFor('no transaction is open', async () =>
      (await app.db.query<unknown[]>(open)).length === 0 ? true : null,
    );
  });
});

describe('a statement that is marked as prepared', () => {
  it('is planned once also as the first of a transaction, after an attempt that failed', async () => {
    const sql = prepared('SELECT word FROM words WHERE length(word) = $1');
    const source = app.get(DataSource);
    const runner = source.createQueryRunner();
    const inTransaction = async (): Promise<unknown> => {
      await runner.startTransaction();
      try {
        return await runner.query(sql, [3]);
      } finally {
        await runner.rollbackTransaction();
      }
    };
    try {
      await expect(inTransaction()).rejects.toThrow('relation "words" does not exist');
      await app.db.query(`CREATE TABLE words AS SELECT text 'one' AS word`);
      await app.db.query('GRANT SELECT ON words TO PUBLIC');
      for (let time = 0; time < 2; time += 1) expect(await inTransaction()).toEqual([{ word: 'one' }]);
      const plans = 'SELECT 1 FROM pg_prepared_statements WHERE statement = $1';
      expect(await runner.query(plans, [sql])).toHaveLength(1);
    } finally {
      await runner.release();
    }
  });

  it('is planned once by each connection and keeps its results', async () => {
    const sql = prepared('SELECT $1::integer + 1 AS next');
    const names = await app.get(DataSource).transaction(async (tx) => {
      for (const n of [1, 2]) expect(await tx.query(sql, [n])).toEqual([{ next: n + 1 }]);
      return tx.query<unknown[]>('SELECT name FROM pg_prepared_statements WHERE statement = $1', [sql]);
    });
    expect(names).toHaveLength(1);
  });
});
