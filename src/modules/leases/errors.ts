import type { ErrorKinds } from '../../kernel/errors/domain-error.js';

/** The error codes of leases, medallions and vehicles, each with its kind. docs/errors.md explains them. */
export const LEASE_ERRORS = {
  LEASE_NOT_FOUND: 'NOT_FOUND',
  LEASE_UNKNOWN: 'INVALID_INPUT',
  LEASE_NOT_ACTIVE: 'INVALID_INPUT',
  LEASE_DRIVER_MISMATCH: 'INVALID_INPUT',
  LEASE_NUMBER_TAKEN: 'CONFLICT',
  LEASE_DATES_INVALID: 'INVALID_INPUT',
  MEDALLION_UNKNOWN: 'INVALID_INPUT',
  VEHICLE_UNKNOWN: 'INVALID_INPUT',
} as const satisfies ErrorKinds;

type LeaseErrors = typeof LEASE_ERRORS;

declare module '../../kernel/errors/domain-error.js' {
  interface ErrorCodes extends LeaseErrors {}
}
