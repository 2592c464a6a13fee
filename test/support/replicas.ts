import type { TestApp, TestAppOptions } from './test-app.js';
import { startTestApp } from './test-app.js';
import { createTestDatabase } from './test-database.js';

export interface Replicas {
  /** One more process of the service, as far as one test process can tell them apart. */
  start(options?: Omit<TestAppOptions, 'databaseUrl'>): Promise<TestApp>;
  /** Ends all of them and drops their database. */
  close(): Promise<void>;
}

/** Applications that share one new database; each has its own connections, clock and memory. */
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
