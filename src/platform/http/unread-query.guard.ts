import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { ACCESS_METADATA } from './requires-permission.decorator.js';

/**
 * Refuses a query at a route that reads none, as the validation pipe does with an unknown field at one that does:
 * a filter that was dropped in silence would look as if it had matched. Probes of the public routes may send any.
 */
export class UnreadQueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<{ query?: object }>();
    const fields = Object.keys(query ?? {});
    if (fields.length === 0 || isPublic(context) || readsQuery(context)) return true;
    throw new DomainError(
      'VALIDATION_FAILED',
      'This address takes no query.',
      fields.map((field) => ({ field, message: `${field} is not a field of this request` })),
    );
  }
}

function isPublic(context: ExecutionContext): boolean {
  return [context.getHandler(), context.getClass()].some(
    (target) => Reflect.getMetadata(ACCESS_METADATA, target) === 'public',
  );
}

/** Nest keeps what a handler takes under keys such as "4:0": the kind of the parameter, then its place. */
function readsQuery(context: ExecutionContext): boolean {
  const parameters = (Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) ?? {}) as object;
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}
