import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { waitFor } from '../../support/wait-for.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** A Sunday before 5 AM: the week has begun, and the scheduled run has not posted it yet. */
const CLOCK_NOW = '2025-11-02T02:00:00-05:00';

export const PASSWORD = 'driver-loans-demo';

/** The built service with demo data, as `npm start` runs it. */
export interface ConsoleServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @param settings added to the settings of every tested console */
export async function startConsoleServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<ConsoleServer> {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed, so there is no console to open.');
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'driver-loans-console-'));
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: ROOT,
    env: { ...process.env, ...SETTINGS, ...settings, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await waitFor('the service is ready', () => {
      if (child.exitCode !== null) throw new Error(`The service ended: ${output}`);
      return Promise.resolve(/^ready on (\S+)$/m.exec(output)?.[1] ?? null);
    });
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const SETTINGS = {
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'silent',
  CLOCK_NOW,
  // the tests open more pages in a minute than a clerk does
  RATE_LIMIT_PER_MINUTE: '100000',
  RATE_LIMIT_PER_HOUR: '100000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '100000',
  RATE_LIMIT_LOGIN_PER_MINUTE: '1000',
};
