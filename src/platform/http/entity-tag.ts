import { createHash } from 'node:crypto';
import { DomainError } from '../../kernel/errors/domain-error.js';

/** The tags that a caller still holds to be current; `*` for any. */
export type IfMatch = '*' | readonly string[];

/** A strong tag of what the API shows of a record: another text, another tag. */
export function entityTagOf(answer: object): string {
  return `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url')}"`;
}

/** Reads If-Match or If-None-Match. What is no tag matches nothing. */
export function readEntityTags(header: string): IfMatch {
  return header.trim() === '*' ? '*' : (header.match(/(?:W\/)?"[^"]*"/g) ?? []);
}

/**
 * Throws STALE_RECORD where the caller's change was meant for another state of the record. Ask it in the transaction of
 * the change, of the answer that a GET would give now, with the record locked. A weak tag matches nothing here.
 */
export function requireMatch(expected: IfMatch | undefined, current: object): void {
  if (expected === undefined || expected === '*' || expected.includes(entityTagOf(current))) return;
  throw new DomainError(
    'STALE_RECORD',
    'Somebody has changed this record since you read it; read it again and repeat your change.',
  );
}

/** Whether the caller of a GET has the answer already. Weak tags count too: a proxy makes them of strong ones. */
export function isKnown(ifNoneMatch: string, tag: string): boolean {
  const known = readEntityTags(ifNoneMatch);
  return known === '*' || known.some((candidate) => candidate.replace(/^W\//, '') === tag);
}
