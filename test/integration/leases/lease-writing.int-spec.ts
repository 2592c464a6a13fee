import { SYSTEM_ACTOR } from '../../../src/kernel/access/actor.js';
import { calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import type { LeaseTerms } from '../../../src/modules/leases/index.js';
import { LeaseCreationService } from '../../../src/modules/leases/index.js';
import { aDriver, aLease } from '../../support/factories.js';
import type { TestApp } from '../../support/test-app.js';
import { startTestApp } from '../../support/test-app.js';

describe('a concurrent lease write', () => {
  let app: TestApp;
  let creation: LeaseCreationService;

  beforeAll(async () => {
    app = await startTestApp();
    creation = app.get(LeaseCreationService);
  });

  afterAll(() => app.close());

  const terms = (driverId: number, overrides: Partial<LeaseTerms>): LeaseTerms => ({
    lease_number: 'L-RACE',
    driver_id: driverId,
    medallion_number: '9Z99',
    vehicle_plate: 'T999999C',
    start_date: calendarDate('2025-10-29'),
    ...overrides,
  });

  it('creates a new medallion and a new vehicle once when several leases name them', async () => {
    const driver = await aDriver(app);
    const leases = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        creation.create(SYSTEM_ACTOR, terms(driver.id, { lease_number: `L-CAB-${n}` })),
      ),
    );
    expect(new Set(leases.map((lease) => lease.medallion_id)).size).toBe(1);
    expect(new Set(leases.map((lease) => lease.vehicle_id)).size).toBe(1);
  });

  it('creates one of two leases with the same number and no rows for the other', async () => {
    const driver = await aDriver(app);
    const attempts = await Promise.allSettled(
      ['RACE1', 'RACE2'].map((plate) =>
        creation.create(SYSTEM_ACTOR, terms(driver.id, { medallion_number: plate, vehicle_plate: plate })),
      ),
    );
    const rejected = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(rejected).toEqual([
      expect.objectContaining({ reason: expect.objectContaining({ code: 'LEASE_NUMBER_TAKEN' }) as unknown }),
    ]);
    const [made] = await app.db.query<[{ medallions: number; vehicles: number }]>(
      `SELECT (SELECT count(*)::int FROM medallions WHERE medallion_number IN ('RACE1', 'RACE2')) AS medallions,
              (SELECT count(*)::int FROM vehicles WHERE plate IN ('RACE1', 'RACE2')) AS vehicles`,
    );
    expect(made).toEqual({ medallions: 1, vehicles: 1 });
  });

  it('never lets two updates together move the end of a lease before its start', async () => {
    const lease = await aLease(app, { start_date: '2025-06-01', end_date: '2025-12-31' });
    const finance = app.as('FINANCE');
    const answers = await Promise.all([
      finance.patch<{ code?: string }>(`/leases/${lease.id}`, { start_date: '2025-11-01' }),
      finance.patch<{ code?: string }>(`/leases/${lease.id}`, { end_date: '2025-08-31' }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
    expect(answers.find((answer) => answer.status === 400)?.body.code).toBe('LEASE_DATES_INVALID');
  });
});
