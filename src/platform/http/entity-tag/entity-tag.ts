import { createHash } from 'node:crypto';
import { DomainError } from '../../../kernel/errors/domain-error.js';

/** The tags that the client believes to be current, or `*` for any. */
export type IfMatch = '*' | readonly string[];

/**
 * A strong tag of the view of a record: it changes with any field of the view. Fields that change without an edit of the
 * record, such as the number of sessions of a user, are a second part of the tag, which If-Match does not compare.
 */
export function entityTagOf(answer: object, transientFields: readonly string[] = []): string {
  if (transientFields.length === 0) return `"${hashOf(answer)}"`;
  const isTransient = ([field]: [string, unknown]): boolean => transientFields.includes(field);
  const fields = Object.entries(answer);
  const version = hashOf(Object.fromEntries(fields.filter((field) => !isTransient(field))));
  return `"${version}.${hashOf(Object.fromEntries(fields.filter(isTransient)))}"`;
}

const hashOf = (content: object): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url');

/** The tag without the part of the transient fields */
const versionOf = (tag: string): string => tag.replace(/\.[^"]*/, '');

/**
 * Reads If-Match or If-None-Match. Text that is not a tag matches nothing. A proxy that compresses answers marks their tags
 * with `W/` or `-gzip`. The marks are removed, because a tag is a hash of the content and not of its encoding.
 */
export function readEntityTags(header: string): IfMatch {
  if (header.trim() === '*') return '*';
  return Array.from(
    header.matchAll(/(?:W\/)?"([^"]*?)(?:[-;](?:gzip|br|zstd|deflate))?"/g),
    ([, tag]) => `"${tag}"`,
  );
}

/**
 * Throws STALE_RECORD if the client read another version of the record. Call it in the transaction of the change, with the
 * record locked and with the view that a GET would answer now.
 */
export function requireMatch(
  expected: IfMatch | undefined,
  current: object,
  transientFields?: readonly string[],
): void {
  if (expected === undefined || expected === '*') return;
  const version = versionOf(entityTagOf(current, transientFields));
  if (expected.some((tag) => versionOf(tag) === version)) return;
  throw new DomainError(
    'STALE_RECORD',
    'This record has changed since you read it. Reload it and repeat your change.',
  );
}

/** Whether the client of a GET already has the answer. */
export function isKnown(ifNoneMatch: string, tag: string): boolean {
  const known = readEntityTags(ifNoneMatch);
  return known === '*' || known.includes(tag);
}
