import { beginForLocks } from './advisory-lock.js';
import type { DatabaseClient } from './database-client.js';

/** Marks a record as one that this process works on. `kind` is a number that no other kind of work uses. */
export type MarkWork = (kind: number, id: number) => Promise<void>;

/**
 * Shows the other processes what this one is working on, until it ends, however it ends: a killed process loses its
 * connection, and with it the locks. Any number of processes may work on one record. All work of a process shares one
 * connection beside the pool, open only while there is some.
 */
export class WorkLocks {
  private connection: Promise<DatabaseClient> | null = null;
  private underWay = 0;

  constructor(private readonly url: string) {}

  /** What the work marks stays marked until it is done, or longer, while other work is. */
  async during<T>(work: (mark: MarkWork) => Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await work(async (kind, id) => {
        const client = await this.open();
        await client.query('SELECT pg_advisory_xact_lock_shared($1::integer, $2::integer)', [kind, id]);
      });
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) await this.close();
    }
  }

  private open(): Promise<DatabaseClient> {
    if (this.connection) return this.connection;
    const connection = beginForLocks(this.url);
    const forget = (): void => {
      if (this.connection === connection) this.connection = null;
    };
    // one that could not be opened, or that the server ended, is opened anew for the next record
    connection.then((client) => client.once('end', forget), forget);
    this.connection = connection;
    return connection;
  }

  private async close(): Promise<void> {
    const connection = this.connection;
    this.connection = null;
    const client = await connection?.catch(() => null);
    await client?.end();
  }
}
