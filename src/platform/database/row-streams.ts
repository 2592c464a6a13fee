import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { DatabaseClient } from './database-client.js';
import type { PagedSql } from './page.js';
import { countedFrom } from './page.js';

/** How many rows are fetched at a time: few enough to hold three batches in memory, enough to fetch seldom */
const BATCH_ROWS = 1_000;

export interface StreamLimits {
  /** One fetch, also the first: that one may have to sort a million rows */
  readonly statementMs: number;
  /** Between two fetches: for so long may the reader take nothing, and the snapshot be held for it */
  readonly idleMs: number;
}

type PooledClient = DatabaseClient & pg.PoolClient;

const LIMITS: StreamLimits = { statementMs: 300_000, idleMs: 60_000 };

/** Reads lists of any length, batch by batch, each from one snapshot and on a connection of its own. */
@Injectable()
export class RowStreams {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Starts the list's query and reads its first batch, so that what is wrong with it shows here. Whoever opens a stream
   * closes it.
   * @param gone ends the query whenever it comes, also one that the server is working on
   */
  async start<T extends object>(
    sql: PagedSql,
    gone: AbortSignal,
    limits: StreamLimits = LIMITS,
  ): Promise<RowStream<T>> {
    const pool = (this.dataSource.driver as unknown as { readonly master: pg.Pool }).master;
    const client = (await pool.connect()) as PooledClient;
    return new RowStream<T>(client, sql).begin(limits, gone);
  }
}

/** The rows of a list as they stood at one moment, whatever is committed while they are read. */
export class RowStream<T extends object> {
  private readonly loss = new AbortController();
  private first: T[] = [];
  private given = 0;
  /** Statements that the server has not answered yet */
  private underWay = 0;
  private closing: Promise<void> | null = null;

  constructor(
    private readonly client: PooledClient,
    private readonly sql: PagedSql,
  ) {}

  /** Comes with its reason where the server ends the connection, such as for a reader that takes nothing. */
  get lost(): AbortSignal {
    return this.loss.signal;
  }

  /** How many rows the reader has taken so far */
  get taken(): number {
    return this.given;
  }

  async begin({ statementMs, idleMs }: StreamLimits, gone: AbortSignal): Promise<this> {
    this.client.on('error', this.onLost);
    gone.addEventListener('abort', () => void this.close(), { once: true });
    try {
      gone.throwIfAborted();
      await this.run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // all rows are wanted, not the first ones soon
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

  /** The rows in the list's order, once. The next batch is under way while the reader works on one. */
  async *rows(): AsyncGenerator<readonly T[]> {
    try {
      let batch = this.first;
      this.first = [];
      while (batch.length > 0) {
        const next = batch.length < BATCH_ROWS ? [] : this.fetch();
        this.given += batch.length;
        yield batch;
        batch = await next;
      }
    } finally {
      await this.close();
    }
  }

  /** How many rows there are in the stream's own snapshot. */
  async count(): Promise<number> {
    const [row] = await this.run<{ total: number }>(
      `SELECT count(*)::int AS total ${countedFrom(this.sql)}`,
      this.sql.parameters,
    );
    return row?.total ?? 0;
  }

  /** Ends the query, also one that the server is working on, and gives the connection back. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    if (this.underWay > 0) await this.client.cancel();
    try {
      if (!this.lost.aborted) await this.client.query('ROLLBACK');
      this.leave(this.lost.aborted);
    } catch {
      this.leave(true);
    }
  }

  private leave(isSpoilt: boolean): void {
    this.client.off('error', this.onLost);
    this.client.release(isSpoilt);
  }

  private readonly onLost = (error: Error): void => this.loss.abort(error);

  private fetch(): Promise<T[]> {
    const batch = this.run<T>(`FETCH ${BATCH_ROWS} FROM listed`);
    // it may fail while nobody waits for it; whoever asks for it is told all the same
    batch.catch(() => undefined);
    return batch;
  }

  private async run<R extends object>(text: string, parameters: readonly unknown[] = []): Promise<R[]> {
    // the connection may be somebody else's by now
    if (this.closing) throw new Error('the stream of rows is closed');
    this.lost.throwIfAborted();
    this.underWay += 1;
    try {
      return (await this.client.query<R>(text, [...parameters])).rows;
    } finally {
      this.underWay -= 1;
    }
  }
}
