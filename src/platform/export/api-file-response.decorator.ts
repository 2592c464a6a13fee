import type { Type } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiParam, getSchemaPath } from '@nestjs/swagger';
import { EXPORT_FORMATS } from './export-formats.js';

type Schema = { $ref: string } | { type: string; format: string };

const FILE: Schema = { type: 'string', format: 'binary' };

/** Says in the OpenAPI document that the route answers a file in each of the formats; `document` is the one of JSON. */
export function ApiFileResponse(document: Type<object>): MethodDecorator {
  const contents = Object.entries(EXPORT_FORMATS).map(
    ([name, { mediaType }]): [string, { schema: Schema }] => {
      const [type = mediaType] = mediaType.split(';', 1);
      return [type, { schema: name === 'json' ? { $ref: getSchemaPath(document) } : FILE }];
    },
  );
  return applyDecorators(
    ApiExtraModels(document),
    ApiParam({ name: 'format', enum: Object.keys(EXPORT_FORMATS) }),
    ApiOkResponse({
      description: 'The file, written while it is read; one that breaks off is not whole',
      content: Object.fromEntries(contents),
      headers: {
        'Content-Disposition': {
          description: 'The name of the file: what it holds, and the date on which it was made',
          schema: { type: 'string', example: 'attachment; filename="loans-2025-10-29.xlsx"' },
        },
      },
    }),
  );
}
