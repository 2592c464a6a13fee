import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { EntityTagInterceptor } from './entity-tag.interceptor.js';
import { readEntityTags } from './entity-tag.js';
import type { IfMatch as Expected } from './entity-tag.js';
import { addErrorResponses } from '../openapi/api-error-responses.decorator.js';

/**
 * The state of the record that the caller means to change, or undefined where any will do; for the route's service,
 * which asks `requireMatch`. The answer has the new ETag, and the OpenAPI document says that If-Match is honoured.
 */
export function IfMatch(): ParameterDecorator {
  return (controller, method, index) => {
    if (method === undefined) throw new Error('a constructor takes no If-Match');
    const route = Object.getOwnPropertyDescriptor(controller, method) ?? {};
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag of the record as it was read: the change is refused where it has changed since.',
    })(controller, method, route);
    addErrorResponses(route.value as object, 'STALE_RECORD');
    UseInterceptors(EntityTagInterceptor)(controller, method, route);
    ExpectedTags()(controller, method, index);
  };
}

const ExpectedTags = createParamDecorator((_: unknown, context: ExecutionContext): Expected | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return header === undefined ? undefined : readEntityTags(header);
});
