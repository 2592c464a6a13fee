import { createHash } from 'node:crypto';
import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/access/actor.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { addErrorResponses } from '../http/openapi/api-error-responses.decorator.js';
import { IdempotentRequest } from './idempotent-request.js';

const HEADER = 'Idempotency-Key';
const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

/**
 * The request with its Idempotency-Key, or undefined without the header. The service gives it to `Changes`. The OpenAPI
 * document describes the header.
 */
export function IdempotencyKey(): ParameterDecorator {
  return (controller, method, index) => {
    if (method === undefined) throw new Error('use @IdempotencyKey() on a method, not on a constructor');
    const route = Object.getOwnPropertyDescriptor(controller, method) ?? {};
    ApiHeader({
      name: HEADER,
      required: false,
      description:
        '1 to 255 visible ASCII characters. The same request with the same key is done once. For 24 hours it gets the ' +
        'same answer again, with the header `Idempotency-Replayed: true`.',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: VISIBLE_ASCII.source },
    })(controller, method, route);
    addErrorResponses(route.value as object, 'REQUEST_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED');
    Keyed()(controller, method, index);
  };
}

const Keyed = createParamDecorator((_: unknown, context: ExecutionContext): IdempotentRequest | undefined => {
  const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
  const key = request.headers[HEADER.toLowerCase()];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !VISIBLE_ASCII.test(key)) {
    const message = `${HEADER} must be 1 to 255 visible ASCII characters`;
    throw new DomainError('VALIDATION_FAILED', `${message}.`, [{ field: HEADER, message }]);
  }
  const userId = request.user?.userId;
  if (userId === undefined || userId === null) throw new Error('an Idempotency-Key needs a signed-in user');
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  return new IdempotentRequest(
    { userId, route: `${request.method} ${request.routeOptions.url}`, key, hash: hashOf(request) },
    () => void reply.header('Idempotency-Replayed', 'true'),
  );
});

function hashOf({ params, query, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([params, query, body ?? null]))
    .digest('hex');
}
