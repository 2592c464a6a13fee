import { TextDecoder } from 'node:util';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { scanJson } from './json-scan.js';

const JSON_TYPE = 'application/json';
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/i;
/** Public routes, for callers without a token */
const AUTH_ROUTE = /^\/api\/v1\/auth\//;
const AUTH_BODY_LIMIT = 16_384;

/** Accepts JSON bodies in UTF-8, with a lower size limit on /auth routes. */
export function acceptJsonBodies(adapter: FastifyAdapter, bodyLimit: number): void {
  adapter.useBodyParser(JSON_TYPE, false, { bodyLimit }, (request, body, done) => {
    checkEncoding(request);
    done(null, readJsonBody(body));
  });
  adapter.getInstance().addHook('onRoute', (route) => {
    if (AUTH_ROUTE.test(route.url)) route.bodyLimit = Math.min(AUTH_BODY_LIMIT, bodyLimit);
  });
}

/** Throws UNSUPPORTED_MEDIA_TYPE for a compressed body or a charset other than UTF-8. */
export function checkEncoding({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the body uncompressed.');
  }
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send the body in UTF-8.');
}

/**
 * Parses the bytes as a JSON object. Returns undefined for an empty body. Throws MALFORMED_BODY and
 * VALIDATION_FAILED.
 */
export function readJsonBody(bytes: Buffer): object | undefined {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  const value = parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new DomainError('VALIDATION_FAILED', 'The body must be a JSON object.');
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('MALFORMED_BODY', 'The body is not encoded in UTF-8.');
  }
}

function parse(text: string): unknown {
  try {
    scanJson(text);
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('MALFORMED_BODY', 'The body is not well-formed JSON.');
  }
}
