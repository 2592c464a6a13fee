import type { LeaseResponse } from '../../src/modules/leases/lease/lease.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ApiClient } from '../support/api-client.js';
import { aDriver, aLease, aMedallion, aVehicle } from '../support/factories.js';
import { expectProblem, fieldsOf } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;

let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

describe('GET /leases', () => {
  const search = async (filters: Record<string, string>): Promise<string[]> => {
    const query = new URLSearchParams(filters).toString();
    const answer = await finance.get<Page<LeaseResponse>>(`/leases?${query}`);
    expect(answer).toMatchObject({ status: 200, body: { total: answer.body.items.length } });
    return answer.body.items.map((lease) => lease.lease_number);
  };
  let first: { driver_id: number; medallion_id: number; vehicle_id: number };

  beforeAll(async () => {
    const medallion = await aMedallion(app, { medallion_number: '7F07' });
    const vehicle = await aVehicle(app, { plate: 'T700007C' });
    first = await aLease(app, {
      lease_number: 'FIND_1',
      medallion_id: medallion.id,
      vehicle_id: vehicle.id,
      start_date: '2025-03-01',
    });
    await aLease(app, { lease_number: 'FIND-2', driver_id: first.driver_id, status: 'EXPIRED' });
  });

  it.each(['find_1', '7f0', 't7000', ' T700007C '])(
    'finds by the start of lease number, medallion or plate: %s',
    async (q) => {
      expect(await search({ q })).toEqual(['FIND_1']);
    },
  );

  it('treats wildcards as text', async () => {
    expect(await search({ q: '%' })).toEqual([]);
    expect(await search({ q: 'FIND_' })).toEqual(['FIND_1']);
  });

  it('filters by driver, medallion, vehicle and status', async () => {
    const driver_id = String(first.driver_id);
    expect((await search({ driver_id })).sort()).toEqual(['FIND-2', 'FIND_1']);
    expect(await search({ driver_id, status: 'EXPIRED' })).toEqual(['FIND-2']);
    expect(await search({ medallion_id: String(first.medallion_id) })).toEqual(['FIND_1']);
    expect(await search({ vehicle_id: String(first.vehicle_id) })).toEqual(['FIND_1']);
  });

  it('sorts by start date', async () => {
    const driver_id = String(first.driver_id);
    const order = { driver_id, sort_by: 'start_date' };
    expect(await search(order)).toEqual(['FIND_1', 'FIND-2']);
    expect(await search({ ...order, sort_order: 'asc' })).toEqual(['FIND-2', 'FIND_1']);
  });

  it.each(['status=OPEN', 'driver_id=x', 'medallion_id=0', 'vehicle_id=', 'sort_by=status', 'q=%00'])(
    'rejects ?%s',
    async (filters) => {
      const problem = expectProblem(await finance.get(`/leases?${filters}`), 400, 'VALIDATION_FAILED');
      expect(fieldsOf(problem)).toEqual([filters.split('=')[0]]);
    },
  );
});

describe('a lease', () => {
  let driverId: number;
  const terms = (lease_number: string): Record<string, unknown> => ({
    lease_number,
    driver_id: driverId,
    medallion_number: '1A23',
    vehicle_plate: 'T123456C',
    start_date: '2025-10-29',
  });

  beforeAll(async () => {
    driverId = (await aDriver(app)).id;
  });

  it('is created together with its new medallion and vehicle', async () => {
    const answer = await finance.post<LeaseResponse>('/leases', {
      ...terms('L-NEW-1'),
      medallion_number: ' 1n01 ',
      vehicle_plate: 't101  c',
    });
    const now = app.clock.now().toISOString();
    expect(answer).toMatchObject({
      status: 201,
      body: {
        lease_number: 'L-NEW-1',
        driver_id: driverId,
        medallion_number: '1N01',
        vehicle_plate: 'T101 C',
        start_date: '2025-10-29',
        end_date: null,
        status: 'ACTIVE',
        created_on: now,
        updated_on: now,
      },
    });
    expect((await finance.get(`/leases/${answer.body.id}`)).body).toEqual(answer.body);
  });

  it('is created for a known medallion and vehicle, by number and plate or by ids', async () => {
    const { body: known } = await finance.post<LeaseResponse>('/leases', terms('L-KNOWN-1'));
    const byNumber = await finance.post<LeaseResponse>('/leases', terms('L-KNOWN-2'));
    const byId = await finance.post<LeaseResponse>('/leases', {
      lease_number: 'L-KNOWN-3',
      driver_id: driverId,
      medallion_id: known.medallion_id,
      vehicle_id: known.vehicle_id,
      start_date: '2025-10-29',
      end_date: '2025-10-29',
    });
    const cab = {
      medallion_id: known.medallion_id,
      medallion_number: '1A23',
      vehicle_id: known.vehicle_id,
      vehicle_plate: 'T123456C',
    };
    expect(byNumber).toMatchObject({ status: 201, body: cab });
    expect(byId).toMatchObject({ status: 201, body: { ...cab, end_date: '2025-10-29' } });
  });

  it('is not created without a medallion, or with a vehicle given twice', async () => {
    const half = { ...terms('L-BAD-1'), medallion_number: undefined };
    expect(fieldsOf(expectProblem(await finance.post('/leases', half), 400, 'VALIDATION_FAILED'))).toEqual([
      'medallion_number',
    ]);
    const twice = { ...terms('L-BAD-1'), vehicle_id: 1 };
    expect(fieldsOf(expectProblem(await finance.post('/leases', twice), 400, 'VALIDATION_FAILED'))).toEqual([
      'vehicle_plate',
    ]);
  });

  it.each([
    ['lease_number', ''],
    ['lease_number', 'L\u0000'],
    ['lease_number', 'L'.repeat(51)],
    ['driver_id', '12'],
    ['driver_id', 2_147_483_648],
    ['medallion_number', '1A%'],
    ['medallion_number', null],
    ['vehicle_plate', 'T'.repeat(21)],
    ['start_date', '2025-02-30'],
    ['start_date', '0000-01-01'],
    ['start_date', null],
    ['end_date', '29.10.2025'],
    ['status', 'EXPIRED'],
  ])('is not created with %s %j', async (field, value) => {
    const answer = await finance.post('/leases', { ...terms('L-BAD-2'), [field]: value });
    expect(fieldsOf(expectProblem(answer, 400, 'VALIDATION_FAILED'))).toEqual([field]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['DRIVER_UNKNOWN', { driver_id: 2_147_483_647 }],
    ['MEDALLION_UNKNOWN', { medallion_number: undefined, medallion_id: 2_147_483_647 }],
    ['VEHICLE_UNKNOWN', { vehicle_plate: undefined, vehicle_id: 2_147_483_647 }],
    ['LEASE_DATES_INVALID', { end_date: '2025-10-28' }],
  ])('is rejected with %s for %j', async (code, overrides) => {
    expectProblem(await finance.post('/leases', { ...terms('L-BAD-3'), ...overrides }), 400, code);
  });

  it('is not created for a driver who is not active', async () => {
    const { id } = await aDriver(app, { first_name: 'Ada', last_name: 'Lowe', status: 'SUSPENDED' });
    const answer = await finance.post('/leases', { ...terms('L-BAD-4'), driver_id: id });
    const problem = expectProblem(answer, 400, 'DRIVER_NOT_ACTIVE');
    expect(problem.detail).toBe(`Driver ${id} (Ada Lowe) is SUSPENDED, not ACTIVE.`);
  });

  it('has a unique number, also when two clerks create it at the same moment', async () => {
    const answers = await Promise.all([
      finance.post('/leases', terms('L-RACE-1')),
      finance.post('/leases', terms('L-RACE-1')),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    const problem = expectProblem(
      await finance.post('/leases', terms('L-RACE-1')),
      409,
      'LEASE_NUMBER_TAKEN',
    );
    expect(problem.detail).toBe('Lease L-RACE-1 already exists.');
  });

  it('is extended, ended and reopened', async () => {
    const lease = await aLease(app, { start_date: '2025-01-05', end_date: '2025-12-31' });
    const path = `/leases/${lease.id}`;
    app.clock.advanceDays(1);
    const ended = await finance.patch(path, { end_date: '2025-11-30', status: 'TERMINATED' });
    expect(ended).toMatchObject({
      status: 200,
      body: {
        start_date: '2025-01-05',
        end_date: '2025-11-30',
        status: 'TERMINATED',
        updated_on: app.clock.now().toISOString(),
      },
    });
    const open = await finance.patch(path, { end_date: null, status: 'ACTIVE' });
    expect(open).toMatchObject({ status: 200, body: { end_date: null, status: 'ACTIVE' } });
  });

  it('does not end before it starts', async () => {
    const lease = await aLease(app, { start_date: '2025-06-01', end_date: '2025-12-31' });
    const path = `/leases/${lease.id}`;
    expectProblem(await finance.patch(path, { end_date: '2025-05-31' }), 400, 'LEASE_DATES_INVALID');
    expectProblem(await finance.patch(path, { start_date: '2026-01-01' }), 400, 'LEASE_DATES_INVALID');
  });

  it.each(['driver_id', 'medallion_id', 'vehicle_id', 'medallion_number', 'vehicle_plate', 'lease_number'])(
    'never changes its %s',
    async (field) => {
      const lease = await aLease(app);
      const answer = await finance.patch(`/leases/${lease.id}`, { [field]: 1 });
      expect(fieldsOf(expectProblem(answer, 400, 'VALIDATION_FAILED'))).toEqual([field]);
    },
  );

  it('is not changed by an empty body, and returns 404 for an unknown id', async () => {
    const lease = await aLease(app);
    expectProblem(await finance.patch(`/leases/${lease.id}`, {}), 400, 'VALIDATION_FAILED');
    expectProblem(await finance.get('/leases/2147483647'), 404, 'LEASE_NOT_FOUND');
    expectProblem(await finance.patch('/leases/2147483647', { status: 'EXPIRED' }), 404, 'LEASE_NOT_FOUND');
  });
});
