import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from '../support/command-line.js';
import type { ServerProcess } from '../support/server-process.js';
import { startServer } from '../support/server-process.js';
import { waitFor } from '../support/wait-for.js';

const NOW = '2025-10-29T09:00:00-04:00';
const PUBLISHED = 'driver-loans-demo';
const OWN_PASSWORD = 'purple taxis sing at dawn';
const DRIVERS = path.resolve(import.meta.dirname, '../../docs/examples/drivers.csv');

let dataDir: string;
let server: ServerProcess | null = null;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'demo-fleet-'));
  // the account that runs PostgreSQL needs access, even if root runs the tests
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  await stop();
  rmSync(dataDir, { recursive: true });
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  await stop();
  server = startServer('', NOW, { DATA_DIR: dataDir, LOG_DIR: path.join(dataDir, 'logs'), ...env });
  return server;
}

async function stop(): Promise<void> {
  await server?.end('SIGTERM');
  server = null;
}

const run = (args: string[], input = '') =>
  runCommand('', args, { DATA_DIR: dataDir, LOG_DIR: path.join(dataDir, 'logs'), CLOCK_NOW: NOW }, input);

async function ask(url: string, token: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: body && JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, unknown>;
}

/** The access token, or null if the sign-in is rejected. */
async function signIn(origin: string, email: string, password: string): Promise<string | null> {
  const { access_token: token } = await ask(`${origin}/api/v1/auth/login`, '', { email, password });
  return typeof token === 'string' ? token : null;
}

const addressOf = async (started: ServerProcess): Promise<string> =>
  (await started.url()).replace('0.0.0.0', '127.0.0.1');

describe('the demo data', () => {
  it('is created by the first start, keeps changed passwords, and has new passwords before other machines can connect', async () => {
    const origin = await addressOf(await start());
    const clerk = await signIn(origin, 'finance@demo.local', PUBLISHED);
    expect(await ask(`${origin}/api/v1/loans`, clerk ?? '')).toMatchObject({ total: 12 });
    const change = { current_password: PUBLISHED, new_password: OWN_PASSWORD };
    await ask(`${origin}/api/v1/auth/password`, clerk ?? '', change);

    const open = await start({ HOST: '0.0.0.0' });
    const reachable = await addressOf(open);
    const printed = /^Password: +(\S+) \(printed only once\)$/m.exec(open.output())?.[1] ?? '';
    const admin = await signIn(reachable, 'admin@demo.local', printed);
    expect(admin).not.toBeNull();
    for (const user of ['admin', 'manager', 'finance']) {
      expect(await signIn(reachable, `${user}@demo.local`, PUBLISHED)).toBeNull();
    }
    expect(await signIn(reachable, 'finance@demo.local', OWN_PASSWORD)).not.toBeNull();
    const audit = await ask(`${reachable}/api/v1/audit?action=user.password`, admin ?? '');
    const times = (audit['items'] as { at: string }[]).map(({ at }) => at);
    expect(times).toHaveLength(3);
    for (const at of times) expect(at).toMatch(/^2025-10-29/);

    const again = await addressOf(await start());
    expect(await signIn(again, 'finance@demo.local', OWN_PASSWORD)).not.toBeNull();
    expect(await signIn(again, 'admin@demo.local', printed)).not.toBeNull();
    expect(await signIn(again, 'admin@demo.local', PUBLISHED)).toBeNull();
  });

  it('is not added to data that a command wrote before the first start', async () => {
    expect(await run(['import:drivers', DRIVERS])).toMatchObject({ exitCode: 0 });
    const user = ['user:create', '--email', 'me@example.com', '--name', 'Me', '--role', 'ADMIN'];
    expect(await run(user, `${OWN_PASSWORD}\n`)).toMatchObject({ exitCode: 0 });
    const started = await start();
    const origin = await addressOf(started);
    expect(started.output()).not.toMatch(/seeding|demo\.local/);
    const me = await signIn(origin, 'me@example.com', OWN_PASSWORD);
    expect(await ask(`${origin}/api/v1/loans`, me ?? '')).toMatchObject({ total: 0 });
    expect(await ask(`${origin}/api/v1/drivers`, me ?? '')).toMatchObject({ total: 3 });
    expect(await signIn(origin, 'admin@demo.local', PUBLISHED)).toBeNull();
  });

  it('is not created when DEMO_FLEET is false, nor by a later start', async () => {
    for (const DEMO_FLEET of ['false', 'true']) {
      const started = await start({ DEMO_FLEET });
      const origin = await addressOf(started);
      expect(started.output()).not.toMatch(/seeding|demo\.local/);
      expect(await signIn(origin, 'admin@demo.local', PUBLISHED)).toBeNull();
    }
  });

  it('is not completed after an interrupted creation; the error keeps the data directory', async () => {
    const first = await start();
    await waitFor('the seeding begins', () =>
      Promise.resolve(first.output().includes('seeding the demo fleet') ? true : null),
    );
    await first.end('SIGKILL');
    const second = await start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(
      /interrupted while it created the demo fleet\. Set DATA_DIR to a new folder/,
    );
    expect(second.output()).not.toMatch(/delete/i);
  });
});
