import pg from 'pg';
import { sendCancelRequest } from './client/cancel-request.js';
import { cancellationSignal, ClientGoneError } from './client-gone.js';
import { BEGIN, sendFirst } from './client/first-statement.js';
import { preparedName } from './prepared.js';

interface KeyedClient {
  readonly processID: number | null;
}

type Send = (...parameters: unknown[]) => Promise<unknown>;

/** The configuration of pg, and whether marked statements are prepared: by default only on a direct connection. */
export interface ClientConfig extends pg.ClientConfig {
  readonly preparedStatements?: boolean | undefined;
}

/** The result of a statement that need not be sent */
const NOTHING = { rows: [], rowCount: 0, command: '' };

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
 *
 * Statements are sent without waiting for the results of earlier ones, and the start of a transaction together with its
 * first statement. So statements that do not need each other's results share one round trip.
 */
export class DatabaseClient extends pg.Client {
  private cancellation: Promise<void> | null = null;
  private isBeginning = false;
  private prepares: boolean;

  constructor(config: ClientConfig) {
    super({ ...config, pipeline: true });
    this.prepares = config.preparedStatements ?? false;
    this.on('error', () => undefined);
    this.once('connect', () => this.connection.prependListener('errorMessage', this.endAfter));
    const send = this.query.bind(this) as Send;
    if (config.preparedStatements === undefined) this.once('connect', () => void this.findServer(send));
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
      : this.dispatch(send, parameters);
  }

  private dispatch(send: Send, parameters: unknown[]): Promise<unknown> {
    const [text, values] = parameters;
    if (typeof text !== 'string' || typeof parameters.at(-1) === 'function') return send(...parameters);
    if (text === BEGIN) {
      this.isBeginning = true;
      return Promise.resolve(NOTHING);
    }
    if (this.isBeginning) {
      this.isBeginning = false;
      return ENDS_TRANSACTION.test(text) ? Promise.resolve(NOTHING) : sendFirst(send, text, values);
    }
    const name = this.prepares ? preparedName(text) : undefined;
    return name === undefined ? send(...parameters) : send({ name, text, values });
  }

  /**
   * Behind a pooler, the process of the login is not that of the statements. There the next transaction may run on
   * another connection of the server, which does not know the prepared statements.
   */
  private async findServer(send: Send): Promise<void> {
    const answer = send('SELECT pg_backend_pid() AS pid') as Promise<pg.QueryResult<{ pid: number }>>;
    const pid = await answer.then(
      ({ rows }) => rows[0]?.pid,
      () => null,
    );
    this.prepares = pid === (this as unknown as KeyedClient).processID;
  }

  private async sendCancellable(send: Send, parameters: unknown[], signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) throw new ClientGoneError();
    const cancel = (): void => void this.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await this.dispatch(send, parameters);
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
