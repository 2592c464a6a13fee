import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { EntityTagInterceptor } from './entity-tag.interceptor.js';

/** The header of an answer that has an ETag, for the OpenAPI document. */
export const ENTITY_TAG = {
  ETag: {
    description: 'Changes with the record. Send it as If-Match with a change, as If-None-Match with a GET.',
    schema: { type: 'string' as const },
  },
};

/** For the GET of one record: the answer has an ETag, and is 304 if the client already has it. */
export function WithETag(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(new EntityTagInterceptor()),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'ETags of answers that the client already has',
    }),
    ApiResponse({ status: 304, description: 'The client already has the answer' }),
  );
}
