import { Readable } from 'node:stream';
import type { ExecutionContext } from '@nestjs/common';
import {
  applyDecorators,
  CallHandler,
  createParamDecorator,
  Injectable,
  NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { from, lastValueFrom, Observable } from 'rxjs';
import { AppConfig } from '../config/app-config.js';
import { addErrorResponses } from '../http/openapi/api-error-responses.decorator.js';
import { CsvFile } from './csv-file.js';
import { withUpload } from './csv-upload.js';
import { requireSize } from './file-refusal.js';

export const CSV = 'text/csv';

const TAKES_CSV = { acceptsCsv: true };

/** Whether the route of the request takes a CSV file as its body. */
export function acceptsCsv({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { acceptsCsv?: boolean }).acceptsCsv === true;
}

/** Has the upload on the disk while the route works, after the guards and before the parameters are read. */
@Injectable()
class CsvUploadInterceptor implements NestInterceptor<unknown, unknown> {
  constructor(private readonly config: AppConfig) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const upload = uploadOf(request);
    if (!upload) return next.handle();
    const maxBytes = this.config.IMPORT_MAX_BYTES;
    requireSize(Number(request.headers['content-length'] ?? 0), maxBytes);
    return from(
      withUpload(upload, maxBytes, (file) => {
        request.body = file;
        return lastValueFrom(next.handle());
      }),
    );
  }
}

/** Fastify parses no body where its length is 0; that is an empty file. */
function uploadOf({ body, headers }: FastifyRequest): Readable | null {
  if (body instanceof Readable) return body;
  return body === undefined && headers['content-type']?.startsWith(CSV) ? Readable.from([]) : null;
}

/** On a route whose body is a CSV file; the file itself comes by `@UploadedCsv()`. */
export function CsvBody(): MethodDecorator {
  return applyDecorators(
    RouteConfig(TAKES_CSV),
    UseInterceptors(CsvUploadInterceptor),
    ApiConsumes(CSV),
    ApiBody({ schema: { type: 'string', format: 'binary' } }),
  );
}

/** The uploaded file, or null where the body is none; for the route's service, which hands it to `CsvImports`. */
export function UploadedCsv(): ParameterDecorator {
  return (controller, method, index) => {
    if (method === undefined) throw new Error('a constructor takes no file');
    const route = Object.getOwnPropertyDescriptor(controller, method) ?? {};
    addErrorResponses(
      route.value as object,
      'IMPORT_FILE_INVALID',
      'IMPORT_HEADER_INVALID',
      'IMPORT_REJECTED',
      'IMPORT_IN_PROGRESS',
      'BODY_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
    );
    File()(controller, method, index);
  };
}

const File = createParamDecorator((_: unknown, context: ExecutionContext): CsvFile | null => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return body instanceof CsvFile ? body : null;
});
