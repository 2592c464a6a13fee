import type { LeaseResponse } from '../../src/modules/leases/lease/lease.response.js';
import type { UserNamesResponse } from '../../src/modules/users/search/user-names.response.js';
import { ROLES } from '../../src/modules/users/index.js';
import type { Page } from '../../src/platform/database/page.js';
import { aUser } from '../support/users.js';
import type { ApiClient } from '../support/api-client.js';
import { aDriver } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const NO_IDS = ['ids=', 'ids=x', 'ids=0', 'ids=-1', 'ids=1.5', 'ids=1,,2', 'ids=1&ids=', 'ids=2147483648'];
const MAX_IDS = 500;

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp();
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

const upTo = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join();

describe('a lease', () => {
  it('includes its driver in every response: created, listed, read and changed', async () => {
    const { id, tlc_license_number } = await aDriver(app, { first_name: 'Ana', last_name: 'Díaz' });
    const driver = { id, tlc_license_number, first_name: 'Ana', last_name: 'Díaz' };
    const terms = { lease_number: 'L-NAME', driver_id: id, start_date: '2025-10-29' };
    const cab = { medallion_number: '1A23', vehicle_plate: 'T123456C' };
    const signed = await finance.post<LeaseResponse>('/leases', { ...terms, ...cab });
    expect(signed.body.driver).toEqual(driver);
    const lease = `/leases/${signed.body.id}`;
    const listed = await finance.get<Page<LeaseResponse>>(`/leases?driver_id=${id}`);
    expect(listed.body.items.map((item) => item.driver)).toEqual([driver]);
    expect((await finance.get<LeaseResponse>(lease)).body.driver).toEqual(driver);
    expect((await finance.patch<LeaseResponse>(lease, { status: 'EXPIRED' })).body.driver).toEqual(driver);
  });
});

describe('GET /users/names', () => {
  it.each(ROLES)('shows %s only the id and name of existing users', async (role) => {
    const { id, email } = await aUser(app, 'MANAGER');
    const [{ name }] = await app.db.query<[{ name: string }]>('SELECT name FROM users WHERE id = $1', [id]);
    const { status, body } = await app.as(role).get(`/users/names?ids=${id},${id},2147483647`);
    expect({ status, body }).toEqual({ status: 200, body: { items: [{ id, name }] } });
    expect(JSON.stringify(body)).not.toContain(email);
  });

  it('includes inactive users', async () => {
    const { id } = await aUser(app);
    await app.as('ADMIN').patch(`/users/${id}`, { active: false, name: 'Gone Clerk' });
    const { body } = await finance.get<UserNamesResponse>(`/users/names?ids=1&ids=${id}`);
    expect(body.items).toContainEqual({ id, name: 'Gone Clerk' });
  });

  it(`returns at most ${MAX_IDS} users by their ids`, async () => {
    expect((await finance.get(`/users/names?ids=${upTo(MAX_IDS)}`)).status).toBe(200);
    expectFieldErrors(await finance.get('/users/names'), 'ids');
    for (const query of [...NO_IDS, `ids=${upTo(MAX_IDS + 1)}`]) {
      expectFieldErrors(await finance.get(`/users/names?${query}`), 'ids');
    }
    expectFieldErrors(await finance.get('/users/names?ids=1&q=a'), 'q');
  });

  it('gives no access to users, and rejects unauthenticated callers', async () => {
    const { id } = await aUser(app);
    for (const path of ['/users', `/users/${id}`]) {
      expectProblem(await finance.get(path), 403, 'PERMISSION_MISSING');
    }
    expectProblem(await app.anonymous.get(`/users/names?ids=${id}`), 401, 'UNAUTHENTICATED');
  });
});
