import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { CoreModule } from '../../dist/src/core.module.js';
import { InstallmentPostingService } from '../../dist/src/modules/loans/index.js';
import { BatchPostingService } from '../../dist/src/modules/loans/posting/batch-posting.service.js';
import { SystemClock } from '../../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../../dist/src/platform/config/load-config.js';
import { SECRET, warm } from './database.mjs';

const FIRST_RUN = Date.parse('2025-11-02T05:00:00-05:00');
const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * Posts a week through the service, by default that of 2025-11-02.
 *
 * @param settings environment variables, besides the required ones
 */
export async function postByService(url, settings = {}, week = 0) {
  const client = new pg.Client(url);
  await client.connect();
  await warm(client);
  await client.end();
  const config = loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SECRET, NODE_ENV: 'test', ...settings });
  const clock = new SystemClock(config.APP_TIMEZONE, new Date(FIRST_RUN + week * WEEK_MS).toISOString());
  const context = await NestFactory.createApplicationContext(
    CoreModule.forRoot({ config, clock, databaseUrl: url, jwtSecret: '' }),
    { logger: false },
  );
  try {
    const longestBatch = timeBatches(context.get(BatchPostingService, { strict: false }));
    const actor = { userId: null, permissions: new Set() };
    const begun = performance.now();
    const result = await context.get(InstallmentPostingService).postPeriod(actor, 'CLI', { dry_run: false });
    const ms = performance.now() - begun;
    return { ms, posted: result.installments_posted, longestBatchMs: longestBatch() };
  } finally {
    await context.close();
  }
}

/** Returns a function for the milliseconds of the longest batch so far, the work of one transaction. */
function timeBatches(batches) {
  let longest = 0;
  const postNext = batches.postNext.bind(batches);
  batches.postNext = async (run) => {
    const begun = performance.now();
    const sum = await postNext(run);
    longest = Math.max(longest, performance.now() - begun);
    return sum;
  };
  return () => longest;
}
