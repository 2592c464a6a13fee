/**
 * Measures how long seeding a generated fleet takes, and prints its totals. Usage, after a build: node
 * bench/seed.mjs [LOANS [DRIVERS]]. Default: 100000 loans of 20000 drivers.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { CoreModule } from '../dist/src/core.module.js';
import { seedFleet } from '../dist/src/demo/fleet-seeding.js';
import { LedgerVerificationService } from '../dist/src/modules/ledger/index.js';
import { SystemClock } from '../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../dist/src/platform/config/load-config.js';
import { openBenchServer, SECRET } from './support/database.mjs';

const [loans = 100_000, drivers = 20_000] = process.argv.slice(2).map(Number);

const seconds = async (work) => {
  const begun = performance.now();
  await work();
  return ((performance.now() - begun) / 1000).toFixed(1);
};

async function work(url) {
  const config = loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SECRET, NODE_ENV: 'test' });
  const clock = new SystemClock(config.APP_TIMEZONE);
  const appContext = { config, clock, databaseUrl: url, ownerUrl: url, jwtSecret: '' };
  const size = { drivers, loans, weeks: 0, seed: 1 };
  const seeding = await seconds(() => seedFleet(appContext, size, () => undefined));
  console.log(`${drivers} drivers and ${loans} loans: ${seeding} s`);
  const client = new pg.Client(url);
  await client.connect();
  const installments = await client.query('SELECT count(*), sum(total_due) FROM loan_schedules');
  console.log(JSON.stringify(installments.rows[0]));
  await client.end();
  const context = await NestFactory.createApplicationContext(CoreModule.forRoot(appContext), {
    logger: false,
  });
  const verifying = await seconds(async () =>
    console.log(JSON.stringify(await context.get(LedgerVerificationService).verify())),
  );
  console.log(`verified in ${verifying} s`);
  await context.close();
}

const server = await openBenchServer();
try {
  await server.template('empty', () => undefined);
  await server.onCopy('empty', work);
} finally {
  await server.close();
}
