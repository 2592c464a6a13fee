import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { CoreModule } from '../../dist/src/core.module.js';
import { InstallmentPostingService } from '../../dist/src/modules/loans/index.js';
import { SystemClock } from '../../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../../dist/src/platform/config/load-config.js';
import { SECRET, warm } from './database.mjs';

/** Posts the week of 2025-11-02 through the service. */
export async function postByService(url) {
  const client = new pg.Client(url);
  await client.connect();
  await warm(client);
  await client.end();
  const config = loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SECRET, NODE_ENV: 'test' });
  const clock = new SystemClock(config.APP_TIMEZONE, '2025-11-02T05:00:00-05:00');
  const context = await NestFactory.createApplicationContext(
    CoreModule.forRoot({ config, clock, databaseUrl: url, jwtSecret: '' }),
    { logger: false },
  );
  try {
    const actor = { userId: null, permissions: new Set() };
    const begun = performance.now();
    const result = await context.get(InstallmentPostingService).postPeriod(actor, 'CLI', { dry_run: false });
    return { ms: performance.now() - begun, posted: result.installments_posted };
  } finally {
    await context.close();
  }
}
