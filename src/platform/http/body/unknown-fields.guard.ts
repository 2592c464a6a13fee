import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { RESERVED_NAMES } from './json-scan.js';
import { ACCESS_METADATA } from '../access/requires-permission.decorator.js';

/**
 * Refuses query fields that would be dropped silently: a filter that was would look as if it had matched. These are any
 * query at a route that reads none (where one is read, the validation pipe refuses unknown fields), and names that never
 * reach the pipe. Probes of the public routes may send any query.
 */
export class UnknownFieldsGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<{ query: object }>();
    const names = Object.keys(query);
    const reserved = names.filter((name) => RESERVED_NAMES.has(name));
    if (reserved.length > 0) refuse('Unknown fields in the request.', reserved);
    if (!isPublic(context) && !readsQuery(context) && names.length > 0) {
      refuse('This endpoint accepts no query parameters.', names);
    }
    return true;
  }
}

function refuse(sentence: string, fields: readonly string[]): never {
  throw new DomainError(
    'VALIDATION_FAILED',
    sentence,
    fields.map((field) => ({ field, message: `${field} is not a field of this request` })),
  );
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
