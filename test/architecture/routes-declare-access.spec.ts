import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { PERMISSIONS } from '../../src/kernel/access/permission.js';
import { ACCESS_METADATA } from '../../src/platform/http/requires-permission.decorator.js';
import type { RouteAccess } from '../../src/platform/http/requires-permission.decorator.js';
import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

/** Whoever adds a route for everybody says so here too. */
const PUBLIC_ROUTES = ['GET health/live', 'GET health/ready', 'GET metrics', 'POST auth/login'];

interface Route {
  /** As in "POST auth/login", without the prefix. */
  readonly name: string;
  readonly access: RouteAccess | undefined;
}

function routesOf(app: TestApp): Route[] {
  const reflector = new Reflector();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype: controller }) => {
    if (typeof controller !== 'function') return [];
    const prototype = controller.prototype as Record<string, () => unknown>;
    const handlers = new MetadataScanner().getAllMethodNames(prototype).map((name) => prototype[name]!);
    return handlers
      .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler))
      .map((handler) => ({
        name: nameOf(controller, handler),
        access: reflector.getAllAndOverride<RouteAccess | undefined>(ACCESS_METADATA, [handler, controller]),
      }));
  });
}

function nameOf(controller: object, handler: object): string {
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
  const paths = [controller, handler].map((target) => String(Reflect.getMetadata(PATH_METADATA, target)));
  return `${method} ${paths
    .flatMap((path) => path.split('/'))
    .filter(Boolean)
    .join('/')}`;
}

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

  it('declares what it asks of its caller', () => {
    expect(routes.filter((route) => route.access === undefined).map((route) => route.name)).toEqual([]);
  });

  it('is open to everybody only if this test lists it', () => {
    const open = routes.filter((route) => route.access === 'public').map((route) => route.name);
    expect(open.sort()).toEqual(PUBLIC_ROUTES);
  });

  it('asks for permissions that exist', () => {
    const asked = routes.flatMap(({ access }) => (typeof access === 'object' ? access.permissions : []));
    expect(asked.length).toBeGreaterThan(0);
    expect(PERMISSIONS).toEqual(expect.arrayContaining([...asked]));
  });

  it('is refused without a token, unless it is public', async () => {
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
