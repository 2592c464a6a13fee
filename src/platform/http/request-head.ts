import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors/domain-error.js';

/**
 * Rejects request headers that Node would answer without a problem document, or that would be read differently from
 * what was sent. Throws INVALID_REQUEST.
 */
export function requireReadableHead({ headers, raw, url }: FastifyRequest): void {
  if (headers.host === undefined && raw.httpVersion === '1.1') reject('The Host header is missing.');
  if (headers.expect !== undefined && !/^100-continue$/i.test(headers.expect)) {
    reject('The only supported Expect header is 100-continue.');
  }
  if (!isWellEncoded(url)) reject('The query is not percent-encoded UTF-8.');
}

function isWellEncoded(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function reject(sentence: string): never {
  throw new DomainError('INVALID_REQUEST', sentence);
}
