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

/** The result of a statement that need not be sent, or not be waited for */
const DONE = Promise.resolve({ rows: [], rowCount: 0, command: '' });

const SET_MODE = 'SET TRANSACTION';
/** Sets the mode of a transaction in which nothing can be written. */
export const READ_ONLY = `${SET_MODE} READ ONLY`;

const ENDS_TRANSACTION = /^\s*(ROLLBACK|COMMIT)/i;
const ENDS_SNAPSHOT = new Set(['COMMIT', 'ROLLBACK']);
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
  /** START TRANSACTION with its modes, until it is sent with the first statement */
  private begin: string | null = null;
  private isReadOnly = false;
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
    if (this.begin === null && text !== BEGIN) return this.sendText(send, text, values);
    if (text === BEGIN || text.startsWith(SET_MODE)) return this.delay(text);
    return this.sendBegun(send, text, values);
  }

  private sendText(send: Send, text: string, values: unknown): Promise<unknown> {
    if (this.isReadOnly && ENDS_SNAPSHOT.has(text)) return this.endSnapshot(send, text);
    const name = this.nameOf(text);
    return name === undefined ? send(text, values) : send({ name, text, values });
  }

  /** The first statement of a transaction. */
  private sendBegun(send: Send, text: string, values: unknown): Promise<unknown> {
    const begin = this.begin ?? BEGIN;
    this.begin = null;
    return ENDS_TRANSACTION.test(text)
      ? DONE
      : sendFirst(send, begin, { name: this.nameOf(text), text, values });
  }

  private nameOf(text: string): string | undefined {
    return this.prepares ? preparedName(text) : undefined;
  }

  /** Keeps the start of a transaction, or a mode of it, for the first statement. */
  private delay(text: string): Promise<unknown> {
    this.begin = text === BEGIN ? BEGIN : `${this.begin}${text.slice(SET_MODE.length)}`;
    this.isReadOnly = text === READ_ONLY;
    return DONE;
  }

  /** The results of a transaction that only reads do not depend on its end, so nothing waits for it. */
  private endSnapshot(send: Send, text: string): Promise<unknown> {
    this.isReadOnly = false;
    // a connection that fails here also fails the next statement
    send(text).catch(() => undefined);
    return DONE;
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
