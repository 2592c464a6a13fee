import pg from 'pg';
import { sendCancelRequest } from './cancel-request.js';
import { cancellationSignal, ClientGoneError } from './client-gone.js';

type Send = (...parameters: unknown[]) => Promise<unknown>;

const ENDS_TRANSACTION = /^\s*(ROLLBACK|COMMIT)/i;
/** Severities after which the server closes the connection. https://www.postgresql.org/docs/current/protocol-flow.html */
const ENDS_CONNECTION = new Set(['FATAL', 'PANIC']);

/**
 * A connection whose end never ends the process. PostgreSQL may end one at any moment, also with the very bytes that
 * complete the login, before whoever asked for it can listen; an `error` without a listener would be thrown. Nothing is
 * hidden by it: the queries of an ended connection fail.
 *
 * A connection that the server has said it ends, but whose end has not arrived yet, is ended here at once: the pool would
 * hand it to the next request.
 *
 * A statement that reads for a client that leaves is cancelled on the server.
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

  /** Cancels the statement that the server is working on. Later statements wait until it cannot reach them any more. */
  cancel(): Promise<void> {
    this.cancellation ??= this.requestCancellation().finally(() => (this.cancellation = null));
    return this.cancellation;
  }

  private async requestCancellation(): Promise<void> {
    // a cancellation that may still come must not reach the next statement
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

/** The end of a transaction is never cancelled, nor is a statement with a callback: the driver's own have one. */
function isCancellable(parameters: readonly unknown[]): boolean {
  const [text] = parameters;
  return typeof text === 'string' && !ENDS_TRANSACTION.test(text) && typeof parameters.at(-1) !== 'function';
}
