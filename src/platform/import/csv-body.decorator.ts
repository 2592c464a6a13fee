import { Readable } from 'node:stream';
import type { ExecutionContext, Type } from '@nestjs/common';
import {
  applyDecorators,
  Body,
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
import { validationPipe } from '../http/body/validation.js';
import { addErrorResponses } from '../http/openapi/api-error-responses.decorator.js';
import { CsvFile } from './csv-file.js';
import { withUpload } from './csv-upload.js';
import { requireSize } from './file-error.js';

export const CSV = 'text/csv';

const CSV_ROUTE = { csvSentence: 'Send the file itself as text/csv.' };
const JSON_OR_CSV_ROUTE = { csvSentence: 'Send the body as application/json, or a file as text/csv.' };

/** What a route that accepts a CSV file says about another media type. Undefined for a route that does not accept one. */
export function csvSentence({ routeOptions }: FastifyRequest): string | undefined {
  return (routeOptions.config as Partial<typeof CSV_ROUTE>).csvSentence;
}

/** Stores the upload on disk while the route runs, after the guards and before the parameters are read. */
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

/** Fastify does not parse a body of length 0. That is an empty file. */
function uploadOf({ body, headers }: FastifyRequest): Readable | null {
  if (body instanceof Readable) return body;
  return body === undefined && headers['content-type']?.startsWith(CSV) ? Readable.from([]) : null;
}

/** For a route whose body is a CSV file. `@UploadedCsv()` provides the file. */
export function CsvBody(): MethodDecorator {
  return applyDecorators(
    RouteConfig(CSV_ROUTE),
    UseInterceptors(CsvUploadInterceptor),
    ApiConsumes(CSV),
    ApiBody({ schema: { type: 'string', format: 'binary' } }),
  );
}

/** For a route whose body is JSON or a CSV file. `@JsonOrCsv()` provides either. */
export function JsonOrCsvBody(dto: Type): MethodDecorator {
  return applyDecorators(
    RouteConfig(JSON_OR_CSV_ROUTE),
    UseInterceptors(CsvUploadInterceptor),
    ApiConsumes('application/json', CSV),
    ApiBody({ type: dto }),
  );
}

/** The uploaded file, or the JSON body, validated against its DTO. Declare the parameter as `Dto | CsvFile`. */
export function JsonOrCsv(dto: Type): ParameterDecorator {
  const pipe = validationPipe();
  return Body({
    transform: (body: unknown) =>
      body instanceof CsvFile ? body : (pipe.transform(body, { type: 'body', metatype: dto }) as unknown),
  });
}

/** The uploaded file, or null if the body is not one. The service of the route passes it to `CsvImports`. */
export function UploadedCsv(): ParameterDecorator {
  return (controller, method, index) => {
    if (method === undefined) throw new Error('UploadedCsv cannot be used on a constructor');
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
