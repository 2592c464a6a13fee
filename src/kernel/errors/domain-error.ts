import type { ErrorCode, ErrorKind } from './error-codes.js';
import { ERROR_CODES } from './error-codes.js';

export interface FieldError {
  readonly field: string;
  readonly message: string;
  /** For an uploaded file: the first line of the row, and the value of the cell */
  readonly line?: number;
  readonly value?: string | null;
}

/**
 * An error that a clerk understands and a program recognizes. `message` is one sentence for people. `code` is
 * stable.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    sentence: string,
    readonly fields: readonly FieldError[] = [],
    /** Seconds after which a retry may succeed, if known */
    readonly retryAfterSeconds?: number,
  ) {
    super(sentence);
  }

  get kind(): ErrorKind {
    return ERROR_CODES[this.code];
  }
}
