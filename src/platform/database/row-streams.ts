import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { DatabaseClient } from './database-client.js';
import type { PagedSql } from './page.js';
import { countedFrom } from './page.js';

/** Rows per fetch: few enough to keep three batches in memory, many enough to fetch rarely */
const BATCH_ROWS = 1_000;

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
    sql: PagedSql,
    clientGone: AbortSignal,
    limits: StreamLimits = LIMITS,
  ): Promise<RowStream<T>> {
    const pool = (this.dataSource.driver as unknown as { readonly master: pg.Pool }).master;
    const client = (await pool.connect()) as PooledClient;
    return new RowStream<T>(client, sql).begin(limits, clientGone);
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
    private readonly sql: PagedSql,
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
      await this.run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // plan for all rows, not for the first ones
      await this.run(
        `SELECT set_config('cursor_tuple_fraction', '1', true), set_config('statement_timeout', $1, true),
                set_config('idle_in_transaction_session_timeout', $2, true)`,
        [String(statementMs), String(idleMs)],
      );
      const { select, from, orderBy, parameters } = this.sql;
      await this.run(`DECLARE listed NO SCROLL CURSOR FOR ${select} ${from} ORDER BY ${orderBy}`, parameters);
      this.first = await this.fetch();
      return this;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * The rows in the order of the list. Iterate only once. The next batch is fetched while the reader works on the
   * current one.
   */
  async *rows(): AsyncGenerator<readonly T[]> {
    try {
      let batch = this.first;
      this.first = [];
      while (batch.length > 0) {
        const next = batch.length < BATCH_ROWS ? [] : this.fetch();
        this.rowsRead += batch.length;
        yield batch;
        batch = await next;
      }
    } finally {
      await this.close();
    }
  }

  /** Number of rows in the snapshot of the stream. */
  async count(): Promise<number> {
    const [row] = await this.run<{ total: number }>(
      `SELECT count(*)::int AS total ${countedFrom(this.sql)}`,
      this.sql.parameters,
    );
    return row?.total ?? 0;
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
    const batch = this.run<T>(`FETCH ${BATCH_ROWS} FROM listed`);
    // it may fail before it is awaited: the error is thrown when it is
    batch.catch(() => undefined);
    return batch;
  }

  private async run<R extends object>(text: string, parameters: readonly unknown[] = []): Promise<R[]> {
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
