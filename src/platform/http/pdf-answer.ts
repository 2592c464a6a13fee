import { StreamableFile } from '@nestjs/common';
import type { ApiResponseSchemaHost } from '@nestjs/swagger';

/** The content of a PDF response in the OpenAPI document. */
export const PDF_CONTENT: NonNullable<ApiResponseSchemaHost['content']> = {
  'application/pdf': { schema: { type: 'string', format: 'binary' } },
};

/** The PDF file, displayed in the browser. The name is used when it is saved. */
export function pdfAnswer(file: Buffer, name: string): StreamableFile {
  return new StreamableFile(file, {
    type: 'application/pdf',
    disposition: `inline; filename="${name.replace(/[^\w.-]+/g, '-')}.pdf"`,
    length: file.length,
  });
}
