import { DomainError } from '../../kernel/errors/domain-error.js';

/** The error for a file that cannot be read as a whole. */
export function fileError(sentence: string): DomainError {
  return new DomainError('IMPORT_FILE_INVALID', sentence);
}

/** Throws BODY_TOO_LARGE if the file is larger than the import limit. */
export function requireSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  const limit = `${Math.floor(maxBytes / 1_048_576)} MiB`;
  throw new DomainError('BODY_TOO_LARGE', `The file is larger than ${limit}. Split it into smaller files.`);
}
