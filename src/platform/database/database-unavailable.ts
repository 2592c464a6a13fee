import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/**
 * SQLSTATEs of a server that is away, starting, stopping, no longer the primary, or too busy: lock, statement and idle
 * timeouts, lost races.
 */
const AWAY_STATES = /^(08...|57...|53300|55P03|25P03|25006|40001|40P01)$/;
/** SQLSTATEs of a server that lacks a resource, such as room on its disk, or whose system fails it */
const FAULT_STATES = /^(53...|58...)$/;
const AWAY_ERRORS = new Set([
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
const AWAY_SENTENCES =
  /connection terminated|timeout exceeded when trying to connect|timeout expired|connection ended|not queryable|calling end on the pool|driver not connected/i;

/** Whether the failure says that the database could not answer now, rather than that it refused something. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string' && (AWAY_STATES.test(code) || AWAY_ERRORS.has(code))) return true;
  // TypeORM gives up a connection as soon as it breaks; what its transaction does next meets one that is released
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  return typeof message === 'string' && AWAY_SENTENCES.test(message);
}

/** The SQLSTATE of a server that lacks a resource or whose system fails it; null of any other failure. */
export function databaseFault(error: unknown): string | null {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && FAULT_STATES.test(code) && !AWAY_STATES.test(code) ? code : null;
}
