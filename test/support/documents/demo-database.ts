import { prepareDemo } from '../../../src/demo/seed-demo.js';
import { loadConfig } from '../../../src/platform/config/load-config.js';
import { MutableClock } from '../mutable-clock.js';
import { SIGNING_KEY } from '../signing-key.js';
import { createTestDatabase } from '../test-database.js';
import type { TestDatabase } from '../test-database.js';

/** A database with the demo fleet at this instant, which is a template for clones. */
export async function createDemoDatabase(now: string): Promise<TestDatabase> {
  const database = await createTestDatabase();
  const config = loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    AUTH_JWT_SECRET: SIGNING_KEY,
  });
  const appContext = {
    config,
    clock: new MutableClock(now, config.APP_TIMEZONE),
    databaseUrl: database.url,
    ownerUrl: database.ownerUrl,
    jwtSecret: String(config.AUTH_JWT_SECRET),
  };
  await prepareDemo(appContext, true, () => undefined);
  return database;
}
