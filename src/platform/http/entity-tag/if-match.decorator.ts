import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { EntityTagInterceptor } from './entity-tag.interceptor.js';
import { readEntityTags } from './entity-tag.js';
import type { IfMatch as Expected } from './entity-tag.js';
import { addErrorResponses } from '../openapi/api-error-responses.decorator.js';

/**
 * The tags of If-Match, or undefined without the header. The service gives them to `Changes.update`. The answer has the new
 * ETag, and the OpenAPI document describes the header.
 * @param field the field of the answer that is the record; without it, the whole answer is the record
 */
export function IfMatch(field?: string): ParameterDecorator {
  return (controller, method, index) => {
    if (method === undefined) throw new Error('a constructor takes no If-Match');
    const route = Object.getOwnPropertyDescriptor(controller, method) ?? {};
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'The ETag of the record as it was read. The change is rejected if the record has changed since.',
    })(controller, method, route);
    addErrorResponses(route.value as object, 'STALE_RECORD');
    UseInterceptors(new EntityTagInterceptor(field))(controller, method, route);
    ExpectedTags()(controller, method, index);
  };
}

const ExpectedTags = createParamDecorator((_: unknown, context: ExecutionContext): Expected | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return header === undefined ? undefined : readEntityTags(header);
});
