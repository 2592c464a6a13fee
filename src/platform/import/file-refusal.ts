import { DomainError } from '../../kernel/errors/domain-error.js';

/** The file as a whole cannot be read: what follows the fault would be guesswork. */
export function fileRefusal(sentence: string): DomainError {
  return new DomainError('IMPORT_FILE_INVALID', sentence);
}

/** Refuses a file that is larger than an import takes. Throws BODY_TOO_LARGE. */
export function requireSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  const limit = `${Math.floor(maxBytes / 1_048_576)} MiB`;
  throw new DomainError('BODY_TOO_LARGE', `The file is larger than ${limit}; cut it into smaller ones.`);
}
