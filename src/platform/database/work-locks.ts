import { beginForLocks } from './advisory-lock.js';
import type { DatabaseClient } from './database-client.js';

/** Marks a record that this process works on. Each kind of work has its own number `kind`. */
export type MarkWork = (kind: number, id: number) => Promise<void>;

/**
 * Shows other processes which records this process works on. A killed process loses its connection, and the locks
 * with it. More than one process may mark the same record. All work of a process shares one connection outside the
 * pool, which is open only while there is work.
 */
export class WorkLocks {
  private connection: Promise<DatabaseClient> | null = null;
  private runningCount = 0;

  constructor(private readonly url: string) {}

  /** Runs the work. Its marks last until it is done, or longer while other work is running. */
  async during<T>(work: (mark: MarkWork) => Promise<T>): Promise<T> {
    this.runningCount += 1;
    try {
      return await work(async (kind, id) => {
        const client = await this.open();
        await client.query('SELECT pg_advisory_xact_lock_shared($1::integer, $2::integer)', [kind, id]);
      });
    } finally {
      this.runningCount -= 1;
      if (this.runningCount === 0) await this.close();
    }
  }

  private open(): Promise<DatabaseClient> {
    if (this.connection) return this.connection;
    const connection = beginForLocks(this.url);
    const forget = (): void => {
      if (this.connection === connection) this.connection = null;
    };
    // after a failed or ended connection, the next mark opens a new one
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
