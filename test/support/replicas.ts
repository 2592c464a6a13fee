import type { TestApp, TestAppOptions } from './test-app.js';
import { startTestApp } from './test-app.js';
import { createTestDatabase } from './test-database.js';

export interface Replicas {
  /** Starts another application, like another process of the service. */
  start(options?: Omit<TestAppOptions, 'databaseUrl'>): Promise<TestApp>;
  /** Closes all applications and drops their database. */
  close(): Promise<void>;
}

/** Applications that share a new database. Each has its own connections, clock and memory. */
export async function onOneDatabase(): Promise<Replicas> {
  const database = await createTestDatabase();
  const started: TestApp[] = [];
  return {
    async start(options = {}) {
      const replica = await startTestApp({ ...options, databaseUrl: database.url });
      started.push(replica);
      return replica;
    },
    async close() {
      await Promise.all(started.map((replica) => replica.close()));
      await database.drop();
    },
  };
}
