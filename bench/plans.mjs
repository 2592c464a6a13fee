/**
 * Writes the plans of every list and report at each size to bench/plans/, and prints how long each read takes and which
 * plans differ between the sizes. Usage, after a build: node bench/plans.mjs [LOANS …]. Default: 100000 1000000.
 * Seeding a million loans and posting their weeks takes half an hour and about 20 GB.
 */
import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../dist/src/app.module.js';
import { configureApp, createAdapter } from '../dist/src/configure-app.js';
import { SystemClock } from '../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../dist/src/platform/config/load-config.js';
import { READS } from './reads.bench.mjs';
import { openBenchServer, analyze, SECRET } from './support/database.mjs';
import { CLERK, seedFleet, THIS_RELEASE } from './support/service.mjs';
import { median } from './support/targets.mjs';

const LOANS_PER_DRIVER = 5;
const WEEKS = 8;
const ROUNDS = 5;
const FOLDER = path.join(import.meta.dirname, 'plans');
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100_000, 1_000_000];

/** Lists in other orders and with other filters than those of the targets */
const MORE_READS = [
  ['loans by outstanding principal', '/loans?sort_by=outstanding_balance&sort_order=desc'],
  ['loans of a status', '/loans?status=ON_HOLD'],
  ['a late page of loans', '/loans?page=1000&page_size=50'],
  ['installments of a week', '/loans/installments?period_start=2025-11-02&period_end=2025-11-08'],
  ['postings of a category', '/ledger/postings?category=LOANS'],
  ['payments', '/ledger/payments'],
  ['loans by driver', '/loans?sort_by=driver_name'],
  ['unposted installments by driver', '/loans/installments/unposted?sort_by=driver_name'],
  ['balances due in a week', '/ledger/balances?due_from=2025-11-02&due_to=2025-11-08'],
];

const reads = [...READS.map(([name, route]) => [name, route]), ...MORE_READS];

/** Statements that the service sends, since the list was emptied */
const statements = [];
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function record(...parameters) {
  const [first, second] = parameters;
  const { text = '', values } = typeof first === 'string' ? { text: first, values: second } : first;
  // the check of the session is a part of every request
  if (/^\s*(SELECT|WITH)\b/i.test(text) && !/\bsessions\b/.test(text)) statements.push({ text, values });
  return query.apply(this, parameters);
};

async function openService(url, now) {
  const config = loadConfig({
    DATABASE_URL: url,
    AUTH_JWT_SECRET: SECRET,
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    RATE_LIMIT_PER_MINUTE: '1000000',
    RATE_LIMIT_PER_HOUR: '1000000',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '1000000',
  });
  const clock = new SystemClock(config.APP_TIMEZONE, now);
  const context = { config, clock, databaseUrl: url, ownerUrl: url, jwtSecret: SECRET };
  const app = await NestFactory.create(AppModule.forRoot(context), createAdapter(config), { logger: false });
  configureApp(app, config);
  await app.init();
  const { access_token } = (
    await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: CLERK })
  ).json();
  return {
    async read(route) {
      const answer = await app.inject({
        url: `/api/v1${route}`,
        headers: { authorization: `Bearer ${access_token}` },
      });
      if (answer.statusCode !== 200) throw new Error(`${route}: ${answer.statusCode} ${answer.body}`);
    },
    close: () => app.close(),
  };
}

/** The nodes of a plan with what they read, without costs and rows. */
function shapeOf({ Plan: root }) {
  const lines = [];
  const visit = (node, depth) => {
    const by = node['Index Name'] ? ` by ${node['Index Name']}` : '';
    const of = node['Relation Name'] ? ` of ${node['Relation Name']}${by}` : by;
    lines.push(`${'  '.repeat(depth)}${node['Node Type']}${of}`);
    for (const child of node.Plans ?? []) visit(child, depth + 1);
  };
  visit(root, 0);
  return lines.join('\n');
}

async function measure(url, now) {
  const service = await openService(url, now);
  const client = new pg.Client(url);
  await client.connect();
  const results = [];
  try {
    for (const [name, route] of reads) {
      statements.length = 0;
      await service.read(route);
      const sent = [...statements];
      const times = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const begun = performance.now();
        await service.read(route);
        times.push(performance.now() - begun);
      }
      const plans = [];
      for (const { text, values } of sent) {
        const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${text}`, values);
        plans.push(shapeOf(rows[0]['QUERY PLAN'][0]));
      }
      results.push({ name, route, milliseconds: median(times), plans: plans.join('\n\n') });
    }
  } finally {
    await client.end();
    await service.close();
  }
  return results;
}

const server = await openBenchServer();
const found = new Map();
try {
  for (const loans of sizes) {
    await server.onEmpty(`fleet_${loans}`, async (url) => {
      const begun = performance.now();
      const size = { drivers: Math.ceil(loans / LOANS_PER_DRIVER), loans, weeks: WEEKS };
      const now = await seedFleet(THIS_RELEASE, url, size);
      await analyze(url);
      console.log(`${loans} loans seeded, ${WEEKS} weeks posted: ${seconds(begun)} s`);
      found.set(loans, await measure(url, now));
    });
    const text = found.get(loans).map(({ name, route, plans }) => `# ${name}: GET ${route}\n\n${plans}\n`);
    await mkdir(FOLDER, { recursive: true });
    await writeFile(path.join(FOLDER, `${loans}-loans.txt`), text.join('\n'));
  }
} finally {
  await server.close();
}
const results = [...found.values()];
for (const [place, [name]] of reads.entries()) {
  const times = results.map((of) => `${of[place].milliseconds.toFixed(1)} ms`);
  const isOther = results.some((of) => of[place].plans !== results[0][place].plans);
  console.log(`${name}: ${times.join(', ')}${isOther ? '; another plan' : ''}`);
}

function seconds(begun) {
  return ((performance.now() - begun) / 1000).toFixed(0);
}
