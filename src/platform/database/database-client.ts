import pg from 'pg';
import { sendCancelRequest } from './cancel-request.js';
import { cancellationSignal, ClientGoneError } from './client-gone.js';

type Send = (...parameters: unknown[]) => Promise<unknown>;

const ENDS_TRANSACTION = /^\s*(ROLLBACK|COMMIT)/i;
/** Severities after which the server closes the connection. https://www.postgresql.org/docs/current/protocol-flow.html */
const ENDS_CONNECTION = new Set(['FATAL', 'PANIC']);

/**
 * A connection whose end does not end the process. PostgreSQL may end a connection at any time, even together with
 * the bytes that complete the login, before the caller can listen. Node throws an `error` event that has no
 * listener. Ignoring the event hides nothing: queries on an ended connection fail.
 *
 * When the server announces the end of the connection, the client ends it at once. Otherwise the pool could hand it
 * to the next request.
 *
 * If a client disconnects, its running read statement is cancelled on the server.
 */
export class DatabaseClient extends pg.Client {
  private cancellation: Promise<void> | null = null;

  constructor(config: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    this.once('connect', () => this.connection.prependListener('errorMessage', this.endAfter));
    const send = this.query.bind(this) as Send;
    this.query = ((...parameters: unknown[]) => this.send(send, parameters)) as pg.Client['query'];
  }

  /** Cancels the running statement. Later statements wait until the cancellation can no longer reach them. */
  cancel(): Promise<void> {
    this.cancellation ??= this.requestCancellation().finally(() => (this.cancellation = null));
    return this.cancellation;
  }

  private async requestCancellation(): Promise<void> {
    // a late cancellation must not reach the next statement
    if (!(await sendCancelRequest(this))) void this.end();
  }

  private readonly endAfter = ({ severity = '' }: pg.DatabaseError): void => {
    if (ENDS_CONNECTION.has(severity)) void this.end();
  };

  private send(send: Send, parameters: unknown[]): Promise<unknown> {
    if (this.cancellation) return this.cancellation.then(() => this.send(send, parameters));
    const signal = cancellationSignal();
    return signal && isCancellable(parameters)
      ? this.sendCancellable(send, parameters, signal)
      : send(...parameters);
  }

  private async sendCancellable(send: Send, parameters: unknown[], signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) throw new ClientGoneError();
    const cancel = (): void => void this.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await send(...parameters);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }
}

/** COMMIT and ROLLBACK are never cancelled, nor are statements with a callback, which the driver itself sends. */
function isCancellable(parameters: readonly unknown[]): boolean {
  const [text] = parameters;
  return typeof text === 'string' && !ENDS_TRANSACTION.test(text) && typeof parameters.at(-1) !== 'function';
}
