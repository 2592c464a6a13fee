import type { ErrorKinds } from '../../kernel/errors/domain-error.js';

/** The error codes of sign-in and sessions, each with its kind. docs/errors.md explains them. */
export const AUTH_ERRORS = {
  INVALID_CREDENTIALS: 'UNAUTHENTICATED',
  SESSION_ENDED: 'UNAUTHENTICATED',
  PASSWORD_CHANGE_REQUIRED: 'FORBIDDEN',
  IDENTITY_PROVIDER_UNAVAILABLE: 'UNAVAILABLE',
} as const satisfies ErrorKinds;

type AuthErrors = typeof AUTH_ERRORS;

declare module '../../kernel/errors/domain-error.js' {
  interface ErrorCodes extends AuthErrors {}
}
