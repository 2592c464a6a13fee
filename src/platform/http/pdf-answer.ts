import { StreamableFile } from '@nestjs/common';
import type { ApiResponseSchemaHost } from '@nestjs/swagger';

/** Of a response in the OpenAPI document: a PDF file. */
export const PDF_CONTENT: NonNullable<ApiResponseSchemaHost['content']> = {
  'application/pdf': { schema: { type: 'string', format: 'binary' } },
};

/** The file, shown in the browser; saved, it has this name. */
export function pdfAnswer(file: Buffer, name: string): StreamableFile {
  return new StreamableFile(file, {
    type: 'application/pdf',
    disposition: `inline; filename="${name.replace(/[^\w.-]+/g, '-')}.pdf"`,
    length: file.length,
  });
}
