/** One export of all postings: prints its seconds and the memory above the idle process. Arguments: database url, way. */
import 'reflect-metadata';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NestFactory } from '@nestjs/core';
import { stringify } from 'csv-stringify';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { CoreModule } from '../../dist/src/core.module.js';
import { LedgerExportService } from '../../dist/src/modules/ledger/exports/ledger-export.service.js';
import { PostingQuery } from '../../dist/src/modules/ledger/postings/posting.query.js';
import { SystemClock } from '../../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../../dist/src/platform/config/load-config.js';
import { SECRET } from './database.mjs';

const MB = 1_048_576;
const DEFAULT_BATCH = 100;
const QUERY = { sort_by: 'posted_at', sort_order: 'asc' };

async function byService(context, format) {
  const request = {
    format,
    actor: { userId: null, permissions: new Set() },
    clientGone: AbortSignal.any([]),
  };
  return [(await context.get(LedgerExportService).postings(QUERY, request)).getStream()];
}

/** Does the same as pg-query-stream with default settings. */
function byDefault(context, client) {
  const { select, from, orderBy, parameters } = context.get(PostingQuery).listSql(QUERY);
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

const [url, way] = process.argv.slice(2);
const config = loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SECRET, NODE_ENV: 'test' });
const clock = new SystemClock(config.APP_TIMEZONE, '2026-01-04T05:00:00-05:00');
const context = await NestFactory.createApplicationContext(
  CoreModule.forRoot({ config, clock, databaseUrl: url, jwtSecret: '' }),
  { logger: false },
);
const client = new pg.Client(url);
await client.connect();
let rss = 0;
const sink = new Writable({
  write(_chunk, _encoding, done) {
    rss = Math.max(rss, process.memoryUsage.rss());
    done();
  },
});
const idle = process.memoryUsage.rss();
const begun = performance.now();
await pipeline(...(way === 'default' ? byDefault(context, client) : await byService(context, way)), sink);
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ seconds, above: (rss - idle) / MB }));
await client.end();
await context.close();
