import type { NestFastifyApplication } from '@nestjs/platform-fastify';

type CorsOptions = Parameters<NestFastifyApplication['enableCors']>[0];

/** How long a browser may remember what it was told, in seconds. */
const REMEMBERED_SECONDS = 600;

/**
 * Pages of these origins may call the API; without any, only those of the service itself. Tokens travel in a header that
 * a page must add by itself, so no credentials of the browser (cookies) are ever asked for.
 */
export function corsOptions(origins: string[] = []): CorsOptions {
  return {
    // not a list: what is no preflight then goes on to the routes, and is refused with a problem document
    origin: (origin, decide) => decide(null, origin !== undefined && origins.includes(origin)),
    strictPreflight: false,
    credentials: false,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-match',
      'if-none-match',
      'x-request-id',
    ],
    exposedHeaders: [
      'content-disposition',
      'etag',
      'idempotency-replayed',
      'ratelimit-limit',
      'ratelimit-policy',
      'ratelimit-remaining',
      'ratelimit-reset',
      'retry-after',
      'x-request-id',
    ],
    maxAge: REMEMBERED_SECONDS,
  };
}
