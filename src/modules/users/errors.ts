import type { ErrorKinds } from '../../kernel/errors/domain-error.js';

/** The error codes of users, each with its kind. docs/errors.md explains them. */
export const USER_ERRORS = {
  SIGN_IN_LOCKED: 'TOO_MANY_REQUESTS',
  LOCAL_AUTH_DISABLED: 'CONFLICT',
  EMAIL_TAKEN: 'CONFLICT',
  USER_NOT_FOUND: 'NOT_FOUND',
  CANNOT_CHANGE_OWN_ACCESS: 'CONFLICT',
  LAST_ADMIN: 'CONFLICT',
  CANNOT_RESET_OWN_PASSWORD: 'CONFLICT',
} as const satisfies ErrorKinds;

type UserErrors = typeof USER_ERRORS;

declare module '../../kernel/errors/domain-error.js' {
  interface ErrorCodes extends UserErrors {}
}
