import type { ErrorKinds } from '../../kernel/errors/domain-error.js';

/** The error codes of drivers, each with its kind. docs/errors.md explains them. */
export const DRIVER_ERRORS = {
  DRIVER_NOT_FOUND: 'NOT_FOUND',
  DRIVER_UNKNOWN: 'INVALID_INPUT',
  DRIVER_NOT_ACTIVE: 'INVALID_INPUT',
  TLC_LICENSE_TAKEN: 'CONFLICT',
} as const satisfies ErrorKinds;

type DriverErrors = typeof DRIVER_ERRORS;

declare module '../../kernel/errors/domain-error.js' {
  interface ErrorCodes extends DriverErrors {}
}
