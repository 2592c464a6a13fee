/** Why a request is refused. The HTTP layer maps each kind to one status. */
export type ErrorKind =
  | 'INVALID_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'TOO_SLOW'
  | 'CONFLICT'
  | 'PRECONDITION_FAILED'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'UNPROCESSABLE'
  | 'TOO_MANY_REQUESTS'
  | 'HEADERS_TOO_LARGE'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** A table of error codes with their kinds: platform/errors.ts and the errors.ts of each module. */
export type ErrorKinds = Readonly<Record<string, ErrorKind>>;

/** All error codes. Each table adds its codes by declaration merging, so an unknown code does not compile. */
export interface ErrorCodes {}

export type ErrorCode = keyof ErrorCodes;

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
}
