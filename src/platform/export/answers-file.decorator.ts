import type { Type } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { EXPORT_FORMATS } from './export-formats.js';

/** Says in the OpenAPI document that the route answers a file in each of the formats; `document` is the one of JSON. */
export function AnswersFile(document: Type<object>): MethodDecorator {
  const schemas = Object.values(EXPORT_FORMATS).map(({ mediaType, extension }) => {
    const [type = mediaType] = mediaType.split(';', 1);
    if (extension === 'json') return [type, { schema: { $ref: getSchemaPath(document) } }] as const;
    const format = extension === 'csv' ? {} : { format: 'binary' };
    return [type, { schema: { type: 'string', ...format } }] as const;
  });
  return applyDecorators(
    ApiExtraModels(document),
    ApiOkResponse({
      description: 'The file, written while it is read; one that breaks off is not whole',
      content: Object.fromEntries(schemas),
      headers: {
        'Content-Disposition': {
          description: 'The name of the file: what it holds, and the date on which it was made',
          schema: { type: 'string', example: 'attachment; filename="loans-2025-10-29.xlsx"' },
        },
      },
    }),
  );
}
