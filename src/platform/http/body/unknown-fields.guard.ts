import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { RESERVED_NAMES } from './json-scan.js';
import { ACCESS_METADATA } from '../access/requires-permission.decorator.js';

/**
 * Rejects query fields that would otherwise be ignored silently, so that a mistyped filter does not look like a
 * match. This covers any query on a route that reads none, and reserved names, which never reach the validation
 * pipe. The pipe rejects other unknown fields. Public routes accept any query, because probes may send one.
 */
export class UnknownFieldsGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<{ query: object }>();
    const names = Object.keys(query);
    const reserved = names.filter((name) => RESERVED_NAMES.has(name));
    if (reserved.length > 0) reject('Unknown fields in the request.', reserved);
    if (!isPublic(context) && !readsQuery(context) && names.length > 0) {
      reject('This endpoint accepts no query parameters.', names);
    }
    return true;
  }
}

function reject(sentence: string, fields: readonly string[]): never {
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

/** Nest stores the parameters of a handler under keys like "4:0": the kind of the parameter, then its index. */
function readsQuery(context: ExecutionContext): boolean {
  const parameters = (Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) ?? {}) as object;
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}
