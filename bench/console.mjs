/**
 * Measures how long the console takes to show a page of a long list, compared with the response time of the API.
 * Requires Chromium: the one of Debian or CHROMIUM_PATH. Usage, after a build: node bench/console.mjs [LOANS
 * [DRIVERS [PAGES]]]. Default: 100000 loans of 20000 drivers, and 25 pages at the beginning and at the end of the
 * list.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { openBenchServer, SECRET } from './support/database.mjs';

const [loans = 100_000, drivers = 20_000, pages = 25] = process.argv.slice(2).map(Number);
const WARM_UP_PAGES = 5;
/** Default page size of the console */
const ROWS = 25;
const USER = { email: 'finance@example.com', password: 'turning page after page' };

/** Runs inside the page, without the delays of Playwright: measures from the click until the next page is painted. */
const TURN_PAGE = `new Promise((resolve) => {
  const firstRow = () => document.querySelector('tbody tr')?.textContent;
  const before = firstRow();
  const begun = performance.now();
  const look = () => {
    const isShown = firstRow() !== before && document.querySelector('[data-stale="true"]') === null;
    if (!isShown) return requestAnimationFrame(look);
    const shown = performance.now() - begun;
    const asked = performance.getEntriesByType('resource').filter(({ name }) => /\\/loans\\?/.test(name)).at(-1);
    resolve({ shown, answered: asked.responseEnd - asked.startTime });
  };
  document.querySelector('button[aria-label="Next page"]').click();
  requestAnimationFrame(look);
})`;

async function run(settings, ...args) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...settings },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(`${USER.password}\n`);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
}

async function startService(settings) {
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const ready = /^ready on (\S+)$/.exec(line);
    if (ready) return { child, url: ready[1] };
  }
  throw new Error('The service ended before it was ready.');
}

async function turnPages(url, first) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    await page.goto(`${url}/console/loans?page=${first}`);
    await page.getByLabel('E-mail').fill(USER.email);
    await page.getByLabel('Password', { exact: true }).fill(USER.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('tbody tr').first().waitFor();
    await page.waitForLoadState('networkidle');
    const inspector = await page.context().newCDPSession(page);
    await inspector.send('Performance.enable');
    const processorMs = async () => {
      const { metrics } = await inspector.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'ProcessTime').value * 1000;
    };
    const turns = [];
    for (let turn = 0; turn < WARM_UP_PAGES + pages; turn++) {
      const before = await processorMs();
      const times = await page.evaluate(TURN_PAGE);
      turns.push({ ...times, processor: (await processorMs()) - before });
    }
    return turns.slice(WARM_UP_PAGES);
  } finally {
    await browser.close();
  }
}

function report(first, turns) {
  const sorted = (pick) => turns.map(pick).sort((a, b) => a - b);
  const at = (values, share) => values[Math.min(values.length - 1, Math.floor(values.length * share))];
  const shown = sorted((turn) => turn.shown);
  const answered = sorted((turn) => turn.answered);
  const processor = sorted((turn) => turn.processor);
  console.log(`from page ${first}, load ${os.loadavg()[0].toFixed(0)} on ${os.cpus().length} CPUs`);
  for (const [name, share] of [
    ['median', 0.5],
    ['95th percentile', 0.95],
  ]) {
    const [page, api] = [at(shown, share), at(answered, share)];
    console.log(
      `${name}: shown after ${page.toFixed(0)} ms, API response after ${api.toFixed(0)} ms, ` +
        `ratio ${(page / api).toFixed(2)}, CPU time of the page ${at(processor, share).toFixed(0)} ms`,
    );
  }
}

async function work(databaseUrl) {
  const settings = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: process.env.PORT ?? '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
    AUTH_JWT_SECRET: SECRET,
  };
  const person = ['--email', USER.email, '--name', 'Bench', '--role', 'FINANCE'];
  await run(settings, 'dist/src/cli/main.js', 'seed', '--drivers', `${drivers}`, '--loans', `${loans}`);
  await run(settings, 'dist/src/cli/main.js', 'user:create', ...person);
  const { child, url } = await startService(settings);
  try {
    console.log(`${loans} loans of ${drivers} drivers, ${pages} pages turned`);
    const last = Math.ceil(loans / ROWS) - WARM_UP_PAGES - pages;
    for (const first of [1, Math.max(1, last)]) report(first, await turnPages(url, first));
  } finally {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
}

const server = await openBenchServer();
try {
  await server.template('empty', () => undefined);
  await server.onCopy('empty', work);
} finally {
  await server.close();
}
