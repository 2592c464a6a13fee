import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Permission } from '../../../kernel/access/actor.js';

export const ACCESS_METADATA = 'driver-loans:access';

/** The access rule of a route. Every request to a route without a rule is rejected. */
export type RouteAccess = 'public' | { readonly permissions: readonly Permission[] };

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** The caller must be signed in and have every named permission. The OpenAPI document states the same. */
export function RequiresPermission(...permissions: [Permission, ...Permission[]]): MethodDecorator {
  return applyDecorators(
    SetMetadata<string, RouteAccess>(ACCESS_METADATA, { permissions }),
    ApiBearerAuth(),
    ApiExtension('x-permissions', permissions),
    ApiUnauthorizedResponse(problem('Not signed in')),
    ApiForbiddenResponse(problem(`Needs the permission ${permissions.join(' and ')}`)),
  );
}

/** The caller must be signed in. No permission is required. */
export function RequiresSignIn(): MethodDecorator {
  return applyDecorators(
    SetMetadata<string, RouteAccess>(ACCESS_METADATA, { permissions: [] }),
    ApiBearerAuth(),
    ApiUnauthorizedResponse(problem('Not signed in')),
  );
}

/** The route is public. */
export function PublicRoute(): MethodDecorator & ClassDecorator {
  return SetMetadata<string, RouteAccess>(ACCESS_METADATA, 'public');
}
