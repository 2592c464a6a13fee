/**
 * Measures the export of a million postings, each in its own process: time, and memory above the idle service. The
 * CSV export is compared with a simple implementation: a row stream that fetches 100 rows at a time (the default of
 * pg-query-stream), piped through csv-stringify. Usage, after a build: node bench/exports.mjs [ROWS [ROUNDS]].
 */
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NestFactory } from '@nestjs/core';
import { stringify } from 'csv-stringify';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { CoreModule } from '../dist/src/core.module.js';
import { LedgerExportService } from '../dist/src/modules/ledger/exports/ledger-export.service.js';
import { PostingQuery } from '../dist/src/modules/ledger/postings/posting.query.js';
import { SystemClock } from '../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../dist/src/platform/config/load-config.js';
import { openBenchServer, SECRET } from './support/database.mjs';
import { seedDue } from './support/seed-due.mjs';
import { seedPostings } from './support/seed-postings.mjs';

const MB = 1_048_576;
const DEFAULT_BATCH = 100;
const QUERY = { sort_by: 'posted_at', sort_order: 'asc' };

async function byService(context, format) {
  const request = {
    format,
    actor: { userId: null, permissions: new Set() },
    clientGone: AbortSignal.any([]),
  };
  const file = await context.get(LedgerExportService).postings(QUERY, request);
  return [file.getStream()];
}

/** Does the same as pg-query-stream with default settings. */
async function byDefault(context, client) {
  const { select, from, orderBy, parameters } = context.get(PostingQuery).listed(QUERY);
  const cursor = client.query(new Cursor(`${select} ${from} ORDER BY ${orderBy}`, [...parameters]));
  const rows = new Readable({
    objectMode: true,
    highWaterMark: DEFAULT_BATCH,
    read: async (size) => {
      const batch = await cursor.read(size);
      for (const row of batch) rows.push(row);
      if (batch.length < size) rows.push(null);
    },
  });
  return [rows, stringify({ header: true, bom: true, cast: { date: (date) => date.toISOString() } })];
}

async function measure(url, what) {
  const config = loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SECRET, NODE_ENV: 'test' });
  const clock = new SystemClock(config.APP_TIMEZONE, '2026-01-04T05:00:00-05:00');
  const context = await NestFactory.createApplicationContext(
    CoreModule.forRoot({ config, clock, databaseUrl: url, jwtSecret: '' }),
    { logger: false },
  );
  const client = new pg.Client(url);
  await client.connect();
  let bytes = 0;
  let rss = 0;
  const sink = new Writable({
    write(chunk, _encoding, done) {
      bytes += chunk.length;
      rss = Math.max(rss, process.memoryUsage.rss());
      done();
    },
  });
  const before = process.cpuUsage();
  const idle = process.memoryUsage.rss();
  const begun = performance.now();
  const streams = what === 'default' ? await byDefault(context, client) : await byService(context, what);
  await pipeline(...streams, sink);
  const seconds = (performance.now() - begun) / 1000;
  const cpu = process.cpuUsage(before);
  console.log(
    JSON.stringify({
      seconds,
      bytes: bytes / MB,
      idle: idle / MB,
      above: (rss - idle) / MB,
      cpu: (cpu.user + cpu.system) / 1e6,
    }),
  );
  await client.end();
  await context.close();
}

async function compare(rows, rounds) {
  const server = await openBenchServer();
  try {
    await server.template('postings', async (client) => {
      await seedDue(client, 1_000);
      await seedPostings(client, rows, 500);
    });
    await server.onCopy('postings', async (url) => {
      const runs = { default: [], csv: [], json: [], excel: [] };
      for (let round = 0; round < rounds; round += 1) {
        for (const [what, results] of Object.entries(runs)) results.push(runInProcess(url, what));
      }
      const median = (what, of) => runs[what].map((run) => run[of]).sort((a, b) => a - b)[rounds >> 1];
      for (const what of Object.keys(runs)) {
        const ratio = median('default', 'seconds') / median(what, 'seconds');
        console.log(
          `${what.padEnd(8)} ${median(what, 'seconds').toFixed(1)} s, ${ratio.toFixed(2)} x the default, ` +
            `${median(what, 'bytes').toFixed(0)} MB, RSS ${median(what, 'idle').toFixed(0)} MB idle ` +
            `+ ${median(what, 'above').toFixed(0)} MB`,
        );
      }
    });
  } finally {
    await server.close();
  }
}

function runInProcess(url, what) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [import.meta.filename, '--measure', url, what],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  console.log(what.padEnd(8), stdout.trim());
  return JSON.parse(stdout);
}

const [first, url, what] = process.argv.slice(2);
if (first === '--measure') await measure(url, what);
else await compare(Number(first ?? 1_000_000), Number(url ?? 3));
