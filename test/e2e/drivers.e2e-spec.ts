import type { DriverResponse } from '../../src/modules/drivers/driver/driver.response.js';
import type { Page } from '../../src/platform/database/page.js';
import type { ApiClient } from '../support/api-client.js';
import { aDriver, aLease } from '../support/factories.js';
import { expectFieldErrors, expectProblem, fieldsOf } from '../support/problem.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

let app: TestApp;

let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

describe('GET /drivers', () => {
  const search = async (filters: Record<string, string>): Promise<Page<DriverResponse>> => {
    const answer = await finance.get<Page<DriverResponse>>(
      `/drivers?${new URLSearchParams(filters).toString()}`,
    );
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const namesFound = async (q: string): Promise<string[]> =>
    (await search({ q })).items.map((driver) => `${driver.first_name} ${driver.last_name}`);

  beforeAll(async () => {
    const people: [string, string, string][] = [
      ['SCAN-5001', 'Amar', 'Singh'],
      ['SCAN-5002', 'Ana', 'Díaz'],
      ['SCAN-5003', 'Иван', 'Петров'],
      ['SCAN-6001', '小龙', '李'],
      ['SCAN-6002', 'محمد', 'الأحمد'],
      ['SCAN-6003', 'Jo_hn', '100%'],
      ['SCAN-6004', 'Back\\slash', 'Zed'],
    ];
    for (const [tlc_license_number, first_name, last_name] of people) {
      await aDriver(app, { tlc_license_number, first_name, last_name });
    }
  });

  it('finds the one driver whose license a scanner types, including the line end', async () => {
    expect(await namesFound('scan-5001\r\n')).toEqual(['Amar Singh']);
    const exact = await search({ tlc_license_number: ' scan-5001 ' });
    expect(exact.items).toEqual([expect.objectContaining({ tlc_license_number: 'SCAN-5001' })]);
  });

  it('finds by the start of a license number, not by its middle', async () => {
    expect((await search({ q: 'SCAN-50' })).total).toBe(3);
    expect((await search({ q: '5001' })).total).toBe(0);
    expect((await search({ tlc_license_number: 'SCAN-50' })).total).toBe(0);
  });

  it.each([
    ['sing', 'Amar Singh'],
    ['AMAR SI', 'Amar Singh'],
    ['singh amar', 'Amar Singh'],
    ['DÍAZ', 'Ana Díaz'],
    ['Di\u0301az', 'Ana Díaz'],
    ['пеТРов', 'Иван Петров'],
    ['иван пет', 'Иван Петров'],
    ['李', '小龙 李'],
    ['أحمد', 'محمد الأحمد'],
  ])('finds by any part of a name, in any script and case: %s', async (q, name) => {
    expect(await namesFound(q)).toEqual([name]);
  });

  it.each([
    ['%', 'Jo_hn 100%'],
    ['_', 'Jo_hn 100%'],
    ['\\', 'Back\\slash Zed'],
  ])('treats %s as text, not as a wildcard', async (q, name) => {
    expect(await namesFound(q)).toEqual([name]);
  });

  it.each(['q', 'status', 'tlc_license_number', 'sort_by', 'page'])(
    'rejects an empty %s instead of ignoring it',
    async (field) => {
      expectFieldErrors(await app.as('FINANCE').get(`/drivers?${field}=`), field);
    },
  );

  it('sorts by last name in alphabetical order by default', async () => {
    const made = ['Zhang', 'de la Cruz', 'Cohen', 'Díaz', 'Ångström', 'Anders'];
    for (const last_name of made) await aDriver(app, { first_name: 'Sorted', last_name });
    const names = async (filters: Record<string, string>): Promise<string[]> =>
      (await search({ q: 'Sorted', ...filters })).items.map((driver) => driver.last_name);
    const sorted = ['Anders', 'Ångström', 'Cohen', 'de la Cruz', 'Díaz', 'Zhang'];
    expect(await names({})).toEqual(sorted);
    expect(await names({ sort_order: 'desc' })).toEqual(sorted.toReversed());
    expect(await names({ sort_by: 'tlc_license_number' })).toEqual(made);
  });

  it('returns pages that together contain every driver once', async () => {
    for (let n = 0; n < 5; n += 1) await aDriver(app, { first_name: 'Paged', last_name: 'Same' });
    const ids: number[] = [];
    for (const page of ['1', '2', '3']) {
      const found = await search({ q: 'Paged', page, page_size: '2' });
      expect(found).toMatchObject({ total: 5, page: Number(page), page_size: 2, total_pages: 3 });
      ids.push(...found.items.map((driver) => driver.id));
    }
    expect(new Set(ids).size).toBe(5);
    expect((await search({ q: 'Paged', page: '4', page_size: '2' })).items).toEqual([]);
  });

  it('filters by status', async () => {
    await aDriver(app, { first_name: 'Filtered', status: 'SUSPENDED' });
    await aDriver(app, { first_name: 'Filtered' });
    expect((await search({ q: 'Filtered', status: 'SUSPENDED' })).total).toBe(1);
  });

  it.each([
    'status=RETIRED',
    'sort_by=email',
    'sort_by=constructor',
    'sort_order=up',
    'page=0',
    'page_size=501',
    'q=a&q=b',
    'q=%00',
    `q=${'x'.repeat(101)}`,
    'tlc_license_number=%25',
    'name=x',
  ])('rejects ?%s', async (filters) => {
    const problem = expectProblem(await finance.get(`/drivers?${filters}`), 400, 'VALIDATION_FAILED');
    expect(fieldsOf(problem)).toEqual([filters.split('=')[0]]);
  });
});

describe('a driver', () => {
  const newDriver = (tlc_license_number: string): Record<string, unknown> => ({
    tlc_license_number,
    first_name: 'Amar',
    last_name: 'Singh',
  });

  it('is registered as active, with normalized license number and name', async () => {
    const answer = await finance.post<DriverResponse>('/drivers', {
      ...newDriver(' tlc-0042 '),
      first_name: ' Amar ',
      phone: '+1 212 555 0142',
      email: 'amar.singh@example.com',
    });
    const now = app.clock.now().toISOString();
    expect(answer).toMatchObject({
      status: 201,
      body: {
        tlc_license_number: 'TLC-0042',
        first_name: 'Amar',
        last_name: 'Singh',
        phone: '+1 212 555 0142',
        email: 'amar.singh@example.com',
        status: 'ACTIVE',
        created_on: now,
        updated_on: now,
      },
    });
    expect((await finance.get(`/drivers/${answer.body.id}`)).body).toEqual(answer.body);
  });

  it.each([
    ['tlc_license_number', ''],
    ['tlc_license_number', '1'.repeat(21)],
    ['tlc_license_number', '512 3456'],
    ['tlc_license_number', 5123456],
    ['first_name', null],
    ['first_name', 'x'.repeat(101)],
    ['last_name', '   '],
    ['last_name', 'Sin\u0000gh'],
    ['last_name', null],
    ['phone', 'call me'],
    ['email', 'amar'],
    ['email', `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(200)}.com`],
    ['status', 'RETIRED'],
    ['status', null],
    ['id', 7],
  ])('is not registered with %s %j', async (field, value) => {
    const answer = await finance.post('/drivers', { ...newDriver('BAD-1'), [field]: value });
    expect(fieldsOf(expectProblem(answer, 400, 'VALIDATION_FAILED'))).toEqual([field]);
  });

  it('has a unique license number', async () => {
    await aDriver(app, { tlc_license_number: 'TAKEN-1' });
    const problem = expectProblem(
      await finance.post('/drivers', newDriver('taken-1')),
      409,
      'TLC_LICENSE_TAKEN',
    );
    expect(problem.detail).toBe('TLC license TAKEN-1 belongs to another driver.');
    const other = await aDriver(app);
    const change = await finance.patch(`/drivers/${other.id}`, { tlc_license_number: 'TAKEN-1' });
    expectProblem(change, 409, 'TLC_LICENSE_TAKEN');
  });

  it('is registered once when two clerks do so at the same moment', async () => {
    const answers = await Promise.all([
      finance.post('/drivers', newDriver('RACE-1')),
      finance.post('/drivers', newDriver('RACE-1')),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
  });

  it('changes only in the given fields', async () => {
    const driver = await aDriver(app, { phone: '212 555 0100', email: 'a@example.com' });
    app.clock.advanceDays(1);
    const answer = await finance.patch<DriverResponse>(`/drivers/${driver.id}`, {
      email: null,
      status: 'SUSPENDED',
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { phone: '212 555 0100', email: null, status: 'SUSPENDED', last_name: driver.last_name },
    });
    expect(answer.body.updated_on).toBe(app.clock.now().toISOString());
    expect(answer.body.created_on < answer.body.updated_on).toBe(true);
  });

  it('is changed neither by an empty body nor by a null name', async () => {
    const driver = await aDriver(app);
    expectProblem(await finance.patch(`/drivers/${driver.id}`, {}), 400, 'VALIDATION_FAILED');
    expectProblem(await finance.patch(`/drivers/${driver.id}`), 400, 'VALIDATION_FAILED');
    const rejected = await finance.patch(`/drivers/${driver.id}`, { last_name: null });
    expect(fieldsOf(expectProblem(rejected, 400, 'VALIDATION_FAILED'))).toEqual(['last_name']);
  });

  it('returns 404 for an unknown id', async () => {
    const missing = expectProblem(await finance.get('/drivers/2147483647'), 404, 'DRIVER_NOT_FOUND');
    expect(missing.detail).toBe('There is no driver 2147483647.');
    const change = await finance.patch('/drivers/2147483647', { status: 'ACTIVE' });
    expectProblem(change, 404, 'DRIVER_NOT_FOUND');
  });

  it.each(['0', '-1', '1.5', 'abc', '2147483648', '%00'])('returns 400 for the invalid id %s', async (id) => {
    expectProblem(await finance.get(`/drivers/${id}`), 400, 'VALIDATION_FAILED');
  });
});

describe('access to drivers and leases', () => {
  it('allows a manager to read', async () => {
    const { id, driver_id } = await aLease(app);
    for (const path of ['/drivers', `/drivers/${driver_id}`, '/leases', `/leases/${id}`]) {
      expect((await app.as('MANAGER').get(path)).status).toBe(200);
    }
  });

  it.each(['drivers', 'leases'])(
    'does not allow a manager to write %s, and names the missing permission',
    async (records) => {
      const manager = app.as('MANAGER');
      for (const answer of [
        await manager.post(`/${records}`, {}),
        await manager.patch(`/${records}/1`, {}),
      ]) {
        expect(expectProblem(answer, 403, 'PERMISSION_MISSING').detail).toContain(`${records}:manage`);
      }
    },
  );

  it('never confuses two callers that call at the same moment', async () => {
    await Promise.all([finance.get('/drivers'), app.as('MANAGER').get('/drivers')]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => (n % 2 ? finance : app.as('MANAGER')).post('/drivers', {})),
    );
    expect(answers.map((answer) => answer.status)).toEqual(answers.map((_, n) => (n % 2 ? 400 : 403)));
  });

  it('requires a signed-in user', async () => {
    for (const path of ['/drivers', '/drivers/1', '/leases', '/leases/1']) {
      expectProblem(await app.anonymous.get(path), 401, 'UNAUTHENTICATED');
    }
  });
});
