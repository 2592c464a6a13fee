import { DataSource } from 'typeorm';
import { DriverQuery } from '../../../src/modules/drivers/driver/driver.query.js';
import { LeaseQuery } from '../../../src/modules/leases/lease/lease.query.js';
import { aDriver, aLease } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

const PAGE = { page: 1, page_size: 50, sort_order: 'asc', q: 'Diallo, Amara' } as const;

describe('the driver search over thousands of drivers', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    const driver = await aDriver(app, { first_name: 'Amara', last_name: 'Diallo' });
    await aLease(app, { driver_id: driver.id });
    await app.db.query(`
      INSERT INTO drivers (tlc_license_number, first_name, last_name, status, created_on, updated_on)
      SELECT 'MANY-' || n, left(md5(n::text), 8), right(md5(n::text), 8), 'ACTIVE', now(), now()
      FROM generate_series(1, 20000) AS n`);
    await app.db.query(`INSERT INTO medallions (medallion_number) SELECT tlc_license_number FROM drivers`);
    await app.db.query(`INSERT INTO vehicles (plate) SELECT tlc_license_number FROM drivers`);
    await app.db.query(`
      INSERT INTO leases (lease_number, driver_id, medallion_id, vehicle_id, start_date, status, created_on, updated_on)
      SELECT 'L-' || d.tlc_license_number, d.id, m.id, v.id, '2025-01-01', 'ACTIVE', now(), now()
      FROM drivers d
      JOIN medallions m ON m.medallion_number = d.tlc_license_number
      JOIN vehicles v ON v.plate = d.tlc_license_number
      WHERE d.tlc_license_number LIKE 'MANY-%'`);
    await app.db.query('ANALYZE drivers, leases, medallions, vehicles');
  });

  afterAll(() => app.close());

  /** The query plans of the statements that `work` executes */
  const plansOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const dataSource = app.get(DataSource);
    const spy = jest.spyOn(dataSource, 'query');
    await work();
    const sent = spy.mock.calls.map(([sql, parameters]) => [sql, parameters] as const);
    spy.mockRestore();
    return Promise.all(
      sent.map(async ([sql, parameters]) =>
        JSON.stringify(await dataSource.query(`EXPLAIN ${sql}`, parameters)),
      ),
    );
  };

  it.each<[string, () => Promise<{ total: number }>]>([
    ['drivers', () => app.get(DriverQuery).list({ ...PAGE, sort_by: 'last_name' })],
    ['leases', () => app.get(LeaseQuery).list({ ...PAGE, sort_by: 'start_date' })],
  ])('uses the search term index for the list of %s', async (_, list) => {
    expect(await list()).toMatchObject({ total: 1 });
    const plans = await plansOf(list);
    expect(plans).not.toHaveLength(0);
    for (const plan of plans) {
      expect(plan).toContain('idx_drivers_search_terms');
      expect(plan).not.toContain('Seq Scan on drivers');
    }
  });
});
