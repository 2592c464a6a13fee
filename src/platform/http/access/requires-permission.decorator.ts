import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Permission } from '../../../kernel/access/actor.js';

export const ACCESS_METADATA = 'driver-loans:access';

/** What a route asks of its caller. A route without one is refused to everybody. */
export type RouteAccess = 'public' | { readonly permissions: readonly Permission[] };

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** The caller must be signed in and hold every named permission; the OpenAPI document says the same. */
export function RequiresPermission(...permissions: [Permission, ...Permission[]]): MethodDecorator {
  return applyDecorators(
    SetMetadata<string, RouteAccess>(ACCESS_METADATA, { permissions }),
    ApiBearerAuth(),
    ApiExtension('x-permissions', permissions),
    ApiUnauthorizedResponse(problem('Not signed in')),
    ApiForbiddenResponse(problem(`Needs the permission ${permissions.join(' and ')}`)),
  );
}

/** The caller must be signed in; no particular permission is needed. */
export function RequiresSignIn(): MethodDecorator {
  return applyDecorators(
    SetMetadata<string, RouteAccess>(ACCESS_METADATA, { permissions: [] }),
    ApiBearerAuth(),
    ApiUnauthorizedResponse(problem('Not signed in')),
  );
}

/** Anybody may call the route. */
export function PublicRoute(): MethodDecorator & ClassDecorator {
  return SetMetadata<string, RouteAccess>(ACCESS_METADATA, 'public');
}
