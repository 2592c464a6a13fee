import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../kernel/errors/domain-error.js';

/**
 * Refuses a head that Node would answer without a problem document, or that would be read as something else than what was
 * sent. Throws INVALID_REQUEST.
 */
export function requireReadableHead({ headers, raw, url }: FastifyRequest): void {
  if (headers.host === undefined && raw.httpVersion === '1.1') refuse('The Host header is missing.');
  if (headers.expect !== undefined && !/^100-continue$/i.test(headers.expect)) {
    refuse('The service supports no expectation but 100-continue.');
  }
  if (!isWellEncoded(url)) refuse('The query is not percent-encoded UTF-8.');
}

function isWellEncoded(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function refuse(sentence: string): never {
  throw new DomainError('INVALID_REQUEST', sentence);
}
