/**
 * Measures a settlement run of 5,000 payments against the same payments made one by one over one connection, and against
 * inserting its rows ready-made. All three work on copies of one seeded database, in turns. Compare the ratios.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { CoreModule } from '../dist/src/core.module.js';
import { calendarDate } from '../dist/src/kernel/calendar/calendar-date.js';
import { Money } from '../dist/src/kernel/money/money.js';
import { PaymentService, SettlementRunService } from '../dist/src/modules/ledger/index.js';
import { SystemClock } from '../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../dist/src/platform/config/load-config.js';
import { openBenchServer, SECRET } from './support/database.mjs';
import { seedDebts } from './support/seed-debts.mjs';

const ACTOR = { userId: null, permissions: { has: () => true } };
const WEEK = calendarDate('2025-11-02');
/** Pays five of the seven balances in full and part of a loan */
const EARNINGS = Money.of('650.00');

async function withService(url, work) {
  const config = loadConfig({
    DATABASE_URL: url,
    AUTH_JWT_SECRET: SECRET,
    NODE_ENV: 'test',
    DATABASE_POOL_SIZE: '2',
  });
  const clock = new SystemClock(config.APP_TIMEZONE, '2025-11-04T09:00:00-05:00');
  const context = await NestFactory.createApplicationContext(
    CoreModule.forRoot({ config, clock, databaseUrl: url, jwtSecret: '' }),
    { logger: false },
  );
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

const inOneRun = (url, payments) =>
  withService(url, async (context) => {
    const lines = Array.from({ length: payments }, (_, index) => ({
      driver_id: index + 1,
      amount: EARNINGS,
      source_id: `EARN-${index + 1}`,
    }));
    const begun = performance.now();
    const run = await context.get(SettlementRunService).run(ACTOR, { payment_period_start: WEEK, lines });
    const ms = performance.now() - begun;
    if (run.lines_paid !== payments) throw new Error(`the run paid ${run.lines_paid} of ${payments} lines`);
    return ms;
  });

const oneByOne = (url, payments) =>
  withService(url, async (context) => {
    const service = context.get(PaymentService);
    const begun = performance.now();
    for (let driver = 1; driver <= payments; driver += 1) {
      await service.payByHierarchy(ACTOR, {
        driver_id: driver,
        amount: EARNINGS,
        payment_period_start: WEEK,
        source_type: 'WEEKLY_EARNINGS',
        source_id: `EARN-${driver}`,
        method: 'EARNINGS',
        dry_run: false,
      });
    }
    return performance.now() - begun;
  });

/** The tables that a payment inserts into, in an order that their foreign keys allow. */
const INSERTED = [
  'ledger_postings',
  'payment_allocations',
  'audit_log',
  'outbox',
  'settlement_runs',
  'settlement_lines',
];
/** The tables that it updates, with their keys and the columns that change. */
const UPDATED = {
  ledger_balances: ['posting_id', 'payment_applied, outstanding_balance, status, updated_on'],
  loan_schedules: ['id', 'interest_paid, principal_paid, outstanding_balance, status, updated_on'],
  driver_loans: ['id', 'total_principal_paid, total_interest_paid, outstanding_balance, status, updated_on'],
};
const GENERATED = ['kind', 'row_hash'];

const tables = [...INSERTED, ...Object.keys(UPDATED)];

/** What the run left in the tables, as JSON a table. */
async function rowsOf(client) {
  const rows = {};
  for (const table of tables) {
    const { rows: found } = await client.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`);
    rows[table] = new Map(found.map(({ row }) => [JSON.stringify(row), row]));
  }
  return rows;
}

/** The rows that the run wrote, kept in tables of the template so that each copy has them ready. */
async function prepareReady(server, template, payments) {
  await server.onCopy(template, async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    const before = await rowsOf(client);
    await inOneRun(url, payments);
    const after = await rowsOf(client);
    await client.end();
    await server.change(template, async (owner) => {
      for (const table of tables) {
        const written = [...after[table]].filter(([text]) => !before[table].has(text)).map(([, row]) => row);
        await owner.query(`CREATE TABLE ready_${table} (LIKE ${table} INCLUDING DEFAULTS)`);
        await owner.query(`ALTER TABLE ready_${table} DROP COLUMN IF EXISTS kind`);
        await owner.query(
          `INSERT INTO ready_${table} SELECT * FROM jsonb_populate_recordset(NULL::ready_${table}, $1::jsonb)`,
          [JSON.stringify(written)],
        );
      }
    });
  });
}

async function readyMade(url) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const columns = {};
    for (const table of INSERTED) {
      const { rows } = await client.query(
        `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS list FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> ALL ($2)`,
        [table, GENERATED],
      );
      columns[table] = rows[0].list;
    }
    const begun = performance.now();
    await client.query('BEGIN');
    for (const table of INSERTED) {
      const line = table === 'settlement_runs' || table === 'settlement_lines' ? '' : 'ORDER BY id';
      await client.query(
        `INSERT INTO ${table} (${columns[table]}) SELECT ${columns[table]} FROM ready_${table} ${line}`,
      );
    }
    for (const [table, [key, changed]] of Object.entries(UPDATED)) {
      const set = changed.split(', ').map((column) => `${column} = ready.${column}`);
      await client.query(
        `UPDATE ${table} t SET ${set.join(', ')} FROM ready_${table} ready WHERE t.${key} = ready.${key}`,
      );
    }
    await client.query('COMMIT');
    return performance.now() - begun;
  } finally {
    await client.end();
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Yields one result a target, as bench/run.mjs prints them. */
export async function* measure({ quick = false, log = () => undefined } = {}) {
  const payments = quick ? 1000 : 5000;
  const rounds = quick ? 1 : 3;
  const server = await openBenchServer();
  try {
    await server.template('debts', (client) => seedDebts(client, payments));
    await prepareReady(server, 'debts', payments);
    const times = { run: [], single: [], ready: [] };
    for (let round = 0; round < rounds; round += 1) {
      times.run.push(await server.onCopy('debts', (url) => inOneRun(url, payments)));
      times.ready.push(await server.onCopy('debts', readyMade));
      times.single.push(await server.onCopy('debts', (url) => oneByOne(url, payments)));
      log(
        `round ${round + 1}: ${Object.entries(times)
          .map(([name, of]) => `${name} ${Math.round(of.at(-1))} ms`)
          .join(', ')}`,
      );
    }
    const [run, single, ready] = [median(times.run), median(times.single), median(times.ready)];
    const result = (name, ratio, limit, unit = '') => ({
      name,
      ratio: Number(ratio.toFixed(2)),
      target: `>= ${limit}${unit}`,
      holds: ratio >= limit,
    });
    yield result(`settlement run of ${payments} against one by one`, single / run, 15);
    yield result(`settlement run: payments a second`, (1000 * payments) / run, 1500);
    yield result(`settlement run against rows ready-made`, ready / run, 0.75);
  } finally {
    await server.close();
  }
}
