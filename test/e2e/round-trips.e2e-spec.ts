import { DataSource } from 'typeorm';
import { prepared } from '../../src/platform/database/prepared.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { aLoan } from '../support/factories.js';
import { countRoundTrips } from '../support/round-trips.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

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

  it('of a loan by its id are two beside the check of the session', async () => {
    const { loan_id } = await aLoan(app);
    const read = () => app.as('FINANCE').get(`/loans/${loan_id}`);
    await read();
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

describe('a statement that is marked as prepared', () => {
  it('is planned once by each connection and keeps its results', async () => {
    const sql = prepared('SELECT $1::integer + 1 AS next');
    const names = await app.get(DataSource).transaction(async (tx) => {
      for (const n of [1, 2]) expect(await tx.query(sql, [n])).toEqual([{ next: n + 1 }]);
      return tx.query<unknown[]>('SELECT name FROM pg_prepared_statements WHERE statement = $1', [sql]);
    });
    expect(names).toHaveLength(1);
  });
});
