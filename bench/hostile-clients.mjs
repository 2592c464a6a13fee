/**
 * Measures how four clients without a token, posting hostile bodies for 30 seconds, affect a clerk: the response
 * times of lists compared with an idle service, 5xx responses, and the memory of the process. Runs once with the
 * default limits, and once without the address limit, so that every body is read. Usage, after a build: node
 * bench/hostile-clients.mjs [SECONDS].
 */
import 'reflect-metadata';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { CoreModule } from '../dist/src/core.module.js';
import { SYSTEM_ACTOR } from '../dist/src/kernel/access/actor.js';
import { UserCreationService } from '../dist/src/modules/users/index.js';
import { SystemClock } from '../dist/src/platform/clock/system-clock.js';
import { loadConfig } from '../dist/src/platform/config/load-config.js';
import { openBenchServer, SECRET } from './support/database.mjs';
import { seedDue } from './support/seed-due.mjs';
import { rssOf, startServer } from './support/service.mjs';

const CLIENTS = 4;
const LOANS = 10_000;
/** Stays below the user limit of 600 requests a minute */
const CLERK_PAUSE_MS = 150;
const CLERK = { email: 'clerk@bench.example', password: 'correct horse battery staple' };
const seconds = Number(process.argv[2] ?? 30);

const fields = (count) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, n])));
const ATTACKS = [
  ['/auth/refresh', fields(1_000)],
  ['/auth/refresh', `{"refresh_token":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
  ['/auth/refresh', `{"refresh_token":"${'x'.repeat(16_000)}"}`],
  ['/auth/login', '{"email":"a@b.example","email":"c@d.example","password":"x"}'],
  ['/auth/login', Buffer.from('{"email":"caf\xe9@b.example"}', 'latin1')],
  ['/drivers', '['.repeat(1_000_000)],
  ['/loans/preview', JSON.stringify({ x: 'x'.repeat(1_000_000) })],
  ['/ledger/payments/targeted', JSON.stringify({ allocations: Array.from({ length: 100_000 }, () => ({})) })],
];

function send(agent, origin, method, path, body, token) {
  return new Promise((resolve) => {
    const headers = {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    };
    const request = http.request(`${origin}/api/v1${path}`, { agent, method, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(chunks).toString() }));
      answer.on('error', () => resolve({ status: 0, body: '' }));
    });
    // the service may close the connection before it has read the whole body
    request.on('error', () => resolve({ status: 0, body: '' }));
    request.end(body);
  });
}

const startService = (url, env) =>
  startServer('dist/src/main.js', [], process.cwd(), {
    ...process.env,
    ...{ NODE_ENV: 'test', LOG_LEVEL: 'error', HOST: '127.0.0.1', PORT: '0', DATABASE_URL: url },
    ...{ AUTH_JWT_SECRET: SECRET, CLOCK_NOW: '2025-10-29T09:00:00-04:00', ...env },
  });

/** Lists loans page by page. */
async function clerkFor(milliseconds, agent, origin, token) {
  const [times, statuses] = [[], []];
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const begun = performance.now();
    const path = `/loans?page=${1 + (times.length % 20)}`;
    statuses.push((await send(agent, origin, 'GET', path, undefined, token)).status);
    times.push(performance.now() - begun);
    await sleep(CLERK_PAUSE_MS);
  }
  times.sort((one, other) => one - other);
  return { median: times[times.length >> 1], worst: times.at(-1), statuses };
}

async function measure(url, name, env) {
  const { origin, pid, stop } = await startService(url, env);
  try {
    const agent = new http.Agent({ keepAlive: true });
    const { body } = await send(agent, origin, 'POST', '/auth/login', JSON.stringify(CLERK));
    const token = JSON.parse(body).access_token;
    await clerkFor(5_000, agent, origin, token);
    const quiet = await clerkFor((seconds * 1_000) / 2, agent, origin, token);
    const idle = rssOf(pid);
    let peak = idle;
    const statuses = new Map();
    const end = performance.now() + seconds * 1_000;
    const attackers = Array.from({ length: CLIENTS }, async (_, client) => {
      const own = new http.Agent({ keepAlive: true, maxSockets: 1 });
      for (let turn = client; performance.now() < end; turn += 1) {
        const { status } = await send(own, origin, 'POST', ...ATTACKS[turn % ATTACKS.length]);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      own.destroy();
    });
    const sampling = (async () => {
      for (; performance.now() < end; await sleep(500)) peak = Math.max(peak, rssOf(pid));
    })();
    const busy = await clerkFor(seconds * 1_000, agent, origin, token);
    await Promise.all([...attackers, sampling]);
    agent.destroy();
    const faults = [...statuses].reduce((sum, [status, count]) => sum + (status >= 500 ? count : 0), 0);
    const clerkFaults = busy.statuses.filter((status) => status !== 200).length;
    const round = (ms) => `${ms.toFixed(1)} ms`;
    console.log(
      `${name}: responses to hostile requests ${JSON.stringify(Object.fromEntries(statuses))}, ${faults} with 5xx`,
    );
    console.log(
      `  clerk: quiet median ${round(quiet.median)}, median ${round(busy.median)}, worst ${round(busy.worst)}, ` +
        `not 200: ${clerkFaults} of ${busy.statuses.length}`,
    );
    console.log(
      `  median/quiet ${(busy.median / quiet.median).toFixed(2)}, worst/quiet median ` +
        `${(busy.worst / quiet.median).toFixed(1)}; RSS ${idle.toFixed(0)} MB, at most +${(peak - idle).toFixed(0)} MB`,
    );
  } finally {
    await stop();
  }
}

async function addClerk(url) {
  const config = loadConfig({ DATABASE_URL: url, AUTH_JWT_SECRET: SECRET, NODE_ENV: 'test' });
  const context = await NestFactory.createApplicationContext(
    CoreModule.forRoot({
      ...{ config, databaseUrl: url, jwtSecret: '' },
      clock: new SystemClock(config.APP_TIMEZONE, '2025-10-29T09:00:00-04:00'),
    }),
    { logger: false },
  );
  const users = context.get(UserCreationService, { strict: false });
  await users.register(SYSTEM_ACTOR, { ...CLERK, name: 'Clerk', roles: ['FINANCE'] });
  await context.close();
}

const server = await openBenchServer();
try {
  await server.template('fleet', (client) => seedDue(client, LOANS));
  await server.onCopy('fleet', async (url) => {
    await addClerk(url);
    await measure(url, 'default limits', {});
    const unlimited = { RATE_LIMIT_ADDRESS_PER_MINUTE: '1000000', RATE_LIMIT_LOGIN_PER_MINUTE: '1000000' };
    await measure(url, 'no address limit', unlimited);
  });
} finally {
  await server.close();
}
