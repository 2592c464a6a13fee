import type { NestFastifyApplication } from '@nestjs/platform-fastify';

type CorsOptions = Parameters<NestFastifyApplication['enableCors']>[0];

/** How long a browser may cache a preflight response, in seconds. */
const PREFLIGHT_CACHE_SECONDS = 600;

/**
 * Allows pages of these origins to call the API. Without any, only pages of the service itself may. Tokens are sent
 * in a header that the page sets itself, so browser credentials (cookies) are never needed.
 */
export function corsOptions(origins: string[] = []): CorsOptions {
  return {
    // a function instead of a list: other OPTIONS requests continue to the routes and get a problem document
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
    maxAge: PREFLIGHT_CACHE_SECONDS,
  };
}
