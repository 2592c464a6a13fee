import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { ACCESS_METADATA } from './requires-permission.decorator.js';

/** Names that class-transformer leaves out when it makes a DTO, so that the validation pipe never sees them. */
const DROPPED_IN_SILENCE = ['__proto__', 'constructor'];

/**
 * Refuses fields that would be dropped in silence: a filter that was would look as if it had matched. These are a query
 * at a route that reads none (where one is read, the validation pipe refuses unknown fields) and, in any query or body,
 * names that never reach the pipe. Probes of the public routes may send any query.
 */
export class UnreadFieldsGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query, body } = context.switchToHttp().getRequest<{ query?: unknown; body?: unknown }>();
    const dropped = [query, body].flatMap(namesOf).filter((name) => DROPPED_IN_SILENCE.includes(name));
    if (dropped.length > 0) refuse('A field of the request has a name that is none.', dropped);
    if (!isPublic(context) && !readsQuery(context) && namesOf(query).length > 0) {
      refuse('This address takes no query.', namesOf(query));
    }
    return true;
  }
}

function namesOf(fields: unknown): string[] {
  return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? Object.keys(fields) : [];
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
