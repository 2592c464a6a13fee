import type { ErrorCode, ErrorKind } from './error-codes.js';
import { ERROR_CODES } from './error-codes.js';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/**
 * A refusal that a clerk can understand and a program can recognise.
 * `message` is one sentence for people; `code` never changes its meaning.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    sentence: string,
    readonly fields: readonly FieldError[] = [],
    /** After how many seconds the same request may be granted, where that is known */
    readonly retryAfterSeconds?: number,
  ) {
    super(sentence);
  }

  get kind(): ErrorKind {
    return ERROR_CODES[this.code];
  }
}
