import { createHash } from 'node:crypto';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** The tags that a caller still holds to be current; `*` for any. */
export type IfMatch = '*' | readonly string[];

/** A strong tag of what the API shows of a record: another text, another tag. */
export function entityTagOf(answer: object): string {
  return `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url')}"`;
}

/**
 * Reads If-Match or If-None-Match. What is not a tag matches nothing. A proxy that compresses answers marks their tags with
 * `W/` or `-gzip`; the marks are removed here, as a tag is a hash of the content and not of its encoding.
 */
export function readEntityTags(header: string): IfMatch {
  if (header.trim() === '*') return '*';
  return Array.from(
    header.matchAll(/(?:W\/)?"([^"]*?)(?:[-;](?:gzip|br|zstd|deflate))?"/g),
    ([, tag]) => `"${tag}"`,
  );
}

/**
 * Throws STALE_RECORD where the caller's change was meant for another state of the record. Ask it in the transaction of
 * the change, of the answer that a GET would give now, with the record locked.
 */
export function requireMatch(expected: IfMatch | undefined, current: object): void {
  if (expected === undefined || expected === '*' || expected.includes(entityTagOf(current))) return;
  throw new DomainError(
    'STALE_RECORD',
    'Somebody has changed this record since you read it; read it again and repeat your change.',
  );
}

/** Whether the caller of a GET has the answer already. */
export function isKnown(ifNoneMatch: string, tag: string): boolean {
  const known = readEntityTags(ifNoneMatch);
  return known === '*' || known.includes(tag);
}
