import { AsyncLocalStorage } from 'node:async_hooks';

/** The client of the current request has closed its connection, so no one reads the result. */
export class ClientGoneError extends Error {
  constructor() {
    super('the client closed the connection');
  }
}

const signals = new AsyncLocalStorage<AbortSignal | null>();

/** Runs the work; the statements that it sends are cancelled when the signal comes. */
export function cancelledBy<T>(signal: AbortSignal, work: () => T): T {
  return signals.run(signal, work);
}

/** Runs the work to its end also within a request whose client leaves, as a write must. */
export function neverCancelled<T>(work: () => T): T {
  return signals.run(null, work);
}

/** The signal that cancels the statements of the current request; null for a write and outside of a request. */
export function cancellationSignal(): AbortSignal | null {
  return signals.getStore() ?? null;
}
