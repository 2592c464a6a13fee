import type { Type } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiParam, getSchemaPath } from '@nestjs/swagger';
import { EXPORT_FORMATS } from './export-formats.js';

type Schema = { $ref: string } | { type: string; format: string };

const FILE: Schema = { type: 'string', format: 'binary' };

/**
 * Documents in the OpenAPI document that the route returns a file in each format. `document` is the class of the
 * JSON file.
 */
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
      description: 'The file, as a stream. A download that is interrupted is incomplete',
      content: Object.fromEntries(contents),
      headers: {
        'Content-Disposition': {
          description: 'The file name: the content and the date of the export',
          schema: { type: 'string', example: 'attachment; filename="loans-2025-10-29.xlsx"' },
        },
      },
    }),
  );
}
