import { AsyncLocalStorage } from 'node:async_hooks';

/** The client of the current request closed its connection, so no one reads the result. */
export class ClientGoneError extends Error {
  constructor() {
    super('the client closed the connection');
  }
}

const signals = new AsyncLocalStorage<AbortSignal | null>();

/** Runs the work. When the signal aborts, its statements are cancelled. */
export function cancelledBy<T>(signal: AbortSignal, work: () => T): T {
  return signals.run(signal, work);
}

/** Runs the work to its end even if the client disconnects. Writes need this. */
export function neverCancelled<T>(work: () => T): T {
  return signals.run(null, work);
}

/** The signal that cancels the statements of the current request. Null for a write and outside of a request. */
export function cancellationSignal(): AbortSignal | null {
  return signals.getStore() ?? null;
}
