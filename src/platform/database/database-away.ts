/**
 * SQLSTATEs of a server that is away, starting, stopping, no longer the primary, or too busy: lock, statement and idle
 * timeouts, lost races.
 */
const AWAY_STATES = /^(08...|57P0[1-5]|53300|55P03|57014|25P03|25006|40001|40P01)$/;
const AWAY_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
const AWAY_SENTENCES = /connection terminated|timeout exceeded when trying to connect|Connection ended/i;

/** Whether the failure says that the database could not answer now, rather than that it refused something. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string' && (AWAY_STATES.test(code) || AWAY_ERRORS.has(code))) return true;
  return typeof message === 'string' && AWAY_SENTENCES.test(message);
}
