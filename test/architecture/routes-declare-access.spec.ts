import { PERMISSIONS } from '../../src/code-lists.js';
import { permissionsOf } from '../../src/modules/users/index.js';
import { routesOf } from '../support/routes.js';
import type { Route } from '../support/routes.js';
import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

/** Add a new public route here too. */
const PUBLIC_ROUTES = [
  'GET health/live',
  'GET health/ready',
  'GET metrics',
  'POST auth/login',
  'POST auth/logout',
  'POST auth/refresh',
];

describe('every route', () => {
  let app: TestApp;
  let routes: Route[];

  beforeAll(async () => {
    app = await startTestApp();
    routes = routesOf(app);
  });

  afterAll(() => app.close());

  it('is found by this test', () => {
    const names = routes.map((route) => route.name);
    expect(names).toEqual(expect.arrayContaining(['GET auth/me', 'POST loans', 'GET drivers', 'GET leases']));
    expect(new Set(names).size).toBe(names.length);
  });

  it('declares its access rule', () => {
    expect(routes.filter((route) => route.access === undefined).map((route) => route.name)).toEqual([]);
  });

  it('requires a token, except the public routes that this test lists', () => {
    const open = routes.filter((route) => route.access === 'public').map((route) => route.name);
    expect(open.sort()).toEqual(PUBLIC_ROUTES);
  });

  it('requires only permissions that exist', () => {
    const required = routes.flatMap(({ access }) => (typeof access === 'object' ? access.permissions : []));
    expect(required.length).toBeGreaterThan(0);
    expect(Object.keys(PERMISSIONS)).toEqual(expect.arrayContaining([...required]));
  });

  it('can be allowed: ADMIN has every permission, and each has a label', () => {
    expect([...permissionsOf(['ADMIN'])].sort()).toEqual(Object.keys(PERMISSIONS).sort());
    expect(Object.values<string>(PERMISSIONS).filter((label) => !/^[A-Z][a-z ]+$/.test(label))).toEqual([]);
  });

  it('returns 401 without a token, unless it is public', async () => {
    const guarded = routes.filter((route) => route.access !== 'public');
    const statuses = await Promise.all(
      guarded.map(async ({ name }) => {
        const [method = '', path = ''] = name.split(' ');
        const url = `/api/v1/${path.replaceAll(/:\w+/g, '1')}`;
        const { statusCode } = await app.app.inject({ method: method as 'GET', url });
        return `${name} ${statusCode}`;
      }),
    );
    expect(statuses).toEqual(guarded.map((route) => `${route.name} 401`));
  });
});
