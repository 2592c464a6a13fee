import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ACCESS_METADATA } from '../../src/platform/http/access/requires-permission.decorator.js';
import type { RouteAccess } from '../../src/platform/http/access/requires-permission.decorator.js';
import type { TestApp } from './test-app.js';

export interface Route {
  /** Such as "POST auth/login", without the prefix. */
  readonly name: string;
  readonly access: RouteAccess | undefined;
}

/** Every route of the application, read from its controllers. */
export function routesOf(app: TestApp): Route[] {
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
