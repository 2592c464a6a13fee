import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import { SECRET } from './database.mjs';

/** The built release of this checkout. Another one, to compare with, is given by its folder. */
export const THIS_RELEASE = path.resolve(import.meta.dirname, '../..');

export const CLERK = { email: 'clerk@bench.example', password: 'turning page after page' };

const settingsOf = (url, clock) => ({
  ...process.env,
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'silent',
  DATABASE_URL: url,
  AUTH_JWT_SECRET: SECRET,
  CLOCK_NOW: clock,
  RATE_LIMIT_PER_MINUTE: '1000000',
  RATE_LIMIT_PER_HOUR: '1000000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '1000000',
});

/** Runs a command of the release's command line. */
async function command(release, url, clock, ...args) {
  const child = spawn(process.execPath, [path.join(release, 'dist/src/cli/main.js'), ...args], {
    cwd: release,
    env: settingsOf(url, clock),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(`${CLERK.password}\n`);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
}

/** Seeds an invented fleet, posts its first weeks, and adds a clerk. Returns the time after the last posting. */
export async function seedFleet(release, url, { drivers, loans, weeks }) {
  const instant = (week) => new Date(Date.UTC(2025, 9, 29 + 7 * week, 14)).toISOString();
  await command(release, url, instant(0), 'seed', '--drivers', `${drivers}`, '--loans', `${loans}`);
  for (let week = 0; week < weeks; week += 1) await command(release, url, instant(week), 'post-week');
  const role = ['--email', CLERK.email, '--name', 'Bench', '--role', 'FINANCE'];
  await command(release, url, instant(0), 'user:create', ...role);
  return instant(weeks);
}

/** Starts a program that prints `ready on URL`. Returns its address and how to stop it. */
export async function startServer(file, args, cwd, env) {
  const child = spawn(process.execPath, [file, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const origin = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
      const found = /^ready on (\S+)$/m.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the server ended: ${output}`)));
  });
  const stop = async (signal = 'SIGTERM') => {
    child.kill(signal);
    await ended;
  };
  return { origin, pid: child.pid, stop };
}

/** Starts the service of the release and, by default, signs in. */
export async function startService(release, url, clock, { signIn = true } = {}) {
  const file = path.join(release, 'dist/src/main.js');
  const server = await startServer(file, [], release, settingsOf(url, clock));
  if (!signIn) return server;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const answer = await request(agent, `${server.origin}/api/v1/auth/login`, CLERK);
  if (answer.status !== 200) throw new Error(`the clerk cannot sign in: ${answer.body}`);
  return { ...server, api: `${server.origin}/api/v1`, token: JSON.parse(answer.body).access_token };
}

/** Sends a GET, or a POST of the body. */
export function request(agent, url, body, token) {
  const headers = {
    ...(body ? { 'content-type': 'application/json' } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { agent, method: body ? 'POST' : 'GET', headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

/** Requests a second, over so many connections, until the time is over. */
export async function ratePerSecond(connections, milliseconds, ask) {
  const begun = performance.now();
  let answers = 0;
  const connection = async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    while (performance.now() - begun < milliseconds) {
      const { status, body } = await ask(agent);
      if (status >= 300) throw new Error(`${status}: ${body}`);
      answers += 1;
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return (answers * 1000) / (performance.now() - begun);
}

/** The resident memory of a process, in MB. */
export const rssOf = (pid) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024;
