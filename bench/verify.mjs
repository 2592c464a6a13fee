/**
 * Measures the verification of a large ledger: time, memory of the process, and temporary files of the server.
 * Usage, after a build: node bench/verify.mjs [POSTINGS]. Default: one million.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { CoreModule } from '../dist/src/core.module.js';
import { LedgerVerificationService } from '../dist/src/modules/ledger/index.js';
import { InstallmentPostingService } from '../dist/src/modules/loans/index.js';
import { SystemClock } from '../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../dist/src/platform/config/load-config.js';
import { openBenchServer, SECRET } from './support/database.mjs';
import { seedDue } from './support/seed-due.mjs';

const postings = Number(process.argv[2] ?? 1_000_000);
const LAST_WEEK = { start: '2026-01-04', end: '2026-01-10' };
const MB = 1_048_576;

/** Pays the first installment of every loan with one payment each, like the service but in bulk. */
const PAY_FIRST = [
  `CREATE TABLE paying AS
   SELECT b.*, s.loan_id, nextval('ledger_postings_id_seq') AS number
   FROM loan_schedules s JOIN ledger_balances b ON b.balance_id = s.ledger_balance_id
   WHERE s.installment_number = 1`,
  `INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
     source_id, payment_period_start, payment_period_end, status, posted_at)
   SELECT number, public_id('LP', 2025, number, 6), driver_id, lease_id, 'CREDIT', 'EARNINGS', original_amount, 'PAY',
     balance_id, payment_period_start, payment_period_end, 'POSTED', created_on FROM paying`,
  `INSERT INTO audit_log (at, action, record_type, record_id)
   SELECT created_on, 'ledger.payment', 'ledger_posting', public_id('LP', 2025, number, 6) FROM paying`,
  `INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated, allocation_type,
     allocated_at)
   SELECT public_id('PA', 2025, number, 6), public_id('LP', 2025, number, 6), balance_id, original_amount, 'HIERARCHY',
     created_on FROM paying`,
  `UPDATE ledger_balances b SET payment_applied = b.original_amount, outstanding_balance = 0, status = 'CLOSED'
   FROM paying p WHERE p.balance_id = b.balance_id`,
  `UPDATE loan_schedules SET principal_paid = principal_amount, outstanding_balance = 0, status = 'PAID'
   WHERE installment_number = 1`,
  `UPDATE driver_loans SET total_principal_paid = 250, outstanding_balance = loan_amount - 250`,
  'DROP TABLE paying',
  'VACUUM ANALYZE',
];

async function work(url) {
  const client = new pg.Client(url);
  await client.connect();
  const temporary = async () =>
    (await client.query('SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()')).rows[0]
      .temp_bytes / MB;
  const config = loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SECRET, NODE_ENV: 'test' });
  const clock = new SystemClock(config.APP_TIMEZONE, '2026-01-04T05:00:00-05:00');
  const context = await NestFactory.createApplicationContext(
    CoreModule.forRoot({ config, clock, databaseUrl: url, jwtSecret: '' }),
    { logger: false },
  );
  try {
    await context.get(InstallmentPostingService).postScheduled(LAST_WEEK, { aborted: false });
    for (const statement of PAY_FIRST) await client.query(statement);
    const before = { rss: process.memoryUsage().rss, temporary: await temporary() };
    let rss = 0;
    const begun = performance.now();
    const answer = await context.get(LedgerVerificationService).verify({
      progress: () => (rss = Math.max(rss, process.memoryUsage().rss)),
    });
    const seconds = (performance.now() - begun) / 1000;
    console.log(JSON.stringify(answer));
    const spilled = Math.round((await temporary()) - before.temporary);
    console.log(
      `${seconds.toFixed(1)} s, RSS ${Math.round(before.rss / MB)} MB before and at most ${Math.round(rss / MB)} MB, ` +
        `${spilled} MB of temporary files`,
    );
  } finally {
    await context.close();
    await client.end();
  }
}

const server = await openBenchServer();
try {
  await server.template('due', (client) => seedDue(client, postings / 10));
  await server.onCopy('due', work);
} finally {
  await server.close();
}
