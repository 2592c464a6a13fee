import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { DatabaseClient } from './database-client.js';

/** Rows per fetch: few enough to keep three batches in memory, many enough to fetch rarely */
const BATCH_ROWS = 1_000;

/** A statement and its parameters. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

export interface StreamLimits {
  /** Time limit of one fetch. The first one may have to sort a million rows. */
  readonly statementMs: number;
  /** Time limit between two fetches: how long the reader may pause while the snapshot is held */
  readonly idleMs: number;
}

type PooledClient = DatabaseClient & pg.PoolClient;

const LIMITS: StreamLimits = { statementMs: 300_000, idleMs: 60_000 };

/** Reads lists of any length in batches. Each stream has its own snapshot and connection. */
@Injectable()
export class RowStreams {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Starts the query and reads the first batch, so that errors of the query are thrown here. The caller must close
   * the stream.
   * @param clientGone aborts the query at any time, even while the server is working on it
   */
  async start<T extends object>(
    statement: Statement,
    clientGone: AbortSignal,
    limits: StreamLimits = LIMITS,
  ): Promise<RowStream<T>> {
    const pool = (this.dataSource.driver as unknown as { readonly master: pg.Pool }).master;
    const client = (await pool.connect()) as PooledClient;
    return new RowStream<T>(client, statement).begin(limits, clientGone);
  }
}

/** The rows of a list in one snapshot, independent of later commits. */
export class RowStream<T extends object> {
  private readonly loss = new AbortController();
  private first: T[] = [];
  private rowsRead = 0;
  /** Statements without an answer of the server yet */
  private pendingStatements = 0;
  private closing: Promise<void> | null = null;

  constructor(
    private readonly client: PooledClient,
    private readonly statement: Statement,
  ) {}

  /**
   * Aborts with the reason when the server ends the connection, for example because the reader paused for too long.
   */
  get lost(): AbortSignal {
    return this.loss.signal;
  }

  /** Number of rows that the reader has received */
  get taken(): number {
    return this.rowsRead;
  }

  async begin({ statementMs, idleMs }: StreamLimits, clientGone: AbortSignal): Promise<this> {
    this.client.on('error', this.onLost);
    clientGone.addEventListener('abort', () => void this.close(), { once: true });
    try {
      clientGone.throwIfAborted();
      await this.read('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // plan for all rows, not for the first ones
      await this.read(
        `SELECT set_config('cursor_tuple_fraction', '1', true), set_config('statement_timeout', $1, true),
                set_config('idle_in_transaction_session_timeout', $2, true)`,
        [String(statementMs), String(idleMs)],
      );
      const { text, parameters } = this.statement;
      await this.read(`DECLARE listed NO SCROLL CURSOR FOR ${text}`, parameters);
      this.first = await this.fetch();
      return this;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * The rows in the order of the statement. Iterate only once. The next batch is fetched while the reader works on
   * the current one.
   */
  async *rows(): AsyncGenerator<readonly T[]> {
    let batch = this.first;
    this.first = [];
    while (batch.length > 0) {
      const next = batch.length < BATCH_ROWS ? [] : this.fetch();
      this.rowsRead += batch.length;
      yield batch;
      batch = await next;
    }
  }

  /** Reads the only row of another statement, in the same snapshot. */
  async one<R extends object>({ text, parameters }: Statement): Promise<R> {
    const [row] = await this.read<R>(text, parameters);
    if (!row) throw new Error('the statement returned no row');
    return row;
  }

  /** Ends the query, even while the server is working on it, and returns the connection to the pool. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    if (this.pendingStatements > 0) await this.client.cancel();
    try {
      if (!this.lost.aborted) await this.client.query('ROLLBACK');
      this.releaseClient(this.lost.aborted);
    } catch {
      this.releaseClient(true);
    }
  }

  private releaseClient(isBroken: boolean): void {
    this.client.off('error', this.onLost);
    this.client.release(isBroken);
  }

  private readonly onLost = (error: Error): void => this.loss.abort(error);

  private fetch(): Promise<T[]> {
    const batch = this.read<T>(`FETCH ${BATCH_ROWS} FROM listed`);
    // it may fail before it is awaited: the error is thrown when it is
    batch.catch(() => undefined);
    return batch;
  }

  private async read<R extends object>(text: string, parameters: readonly unknown[] = []): Promise<R[]> {
    // another request may use the connection now
    if (this.closing) throw new Error('the stream of rows is closed');
    this.lost.throwIfAborted();
    this.pendingStatements += 1;
    try {
      return (await this.client.query<R>(text, [...parameters])).rows;
    } finally {
      this.pendingStatements -= 1;
    }
  }
}
