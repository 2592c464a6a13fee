import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/**
 * SQLSTATEs of a server that is unreachable, starting, stopping, no longer the primary or too busy: lock, statement
 * and idle timeouts, serialization failures.
 */
const UNAVAILABLE_STATES = /^(08...|57...|53300|55P03|25P03|25006|40001|40P01)$/;
/** SQLSTATEs of a server without a resource, for example disk space, or with a system error */
const FAULT_STATES = /^(53...|58...)$/;
const UNAVAILABLE_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
]);
const UNAVAILABLE_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|timeout expired|connection ended|not queryable|calling end on the pool|driver not connected/i;

/** Whether the database could not answer now, in contrast to a rejected statement. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string' && (UNAVAILABLE_STATES.test(code) || UNAVAILABLE_ERRORS.has(code)))
    return true;
  // TypeORM releases a broken connection at once, so the next call of its transaction meets a released runner
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  return typeof message === 'string' && UNAVAILABLE_MESSAGES.test(message);
}

/** The SQLSTATE if the server lacks a resource or has a system error, otherwise null. */
export function databaseFault(error: unknown): string | null {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && FAULT_STATES.test(code) && !UNAVAILABLE_STATES.test(code) ? code : null;
}
