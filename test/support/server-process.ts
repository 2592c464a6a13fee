import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { waitFor } from './wait-for.js';
import { SIGNING_KEY } from './signing-key.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The built service in its own process, as an operator runs it. */
export interface ServerProcess {
  /** Its output so far */
  output(): string;
  /** Its URL once it listens. Throws if it exits before. */
  url(): Promise<string>;
  /** Closes our end of its output, like a log collector that exits */
  stopReading(): void;
  /** The exit code of a process that exits without a signal */
  readonly ended: Promise<number | null>;
  /** Sends the signal and waits for the exit. Returns the exit code, or null if the signal ended the process. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/**
 * @param clockNow the start of its clock: an instant with its offset, or empty for the real time
 * @param env settings that override those of the tests
 */
export function startServer(
  databaseUrl: string,
  clockNow: string,
  env: Readonly<Record<string, string>> = {},
): ServerProcess {
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: databaseUrl,
      AUTH_JWT_SECRET: SIGNING_KEY,
      CLOCK_NOW: clockNow,
      DATABASE_POOL_SIZE: '5',
      DATABASE_POOL_OVERFLOW: '5',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return serverOf(child);
}

/** @param signalled returns the process that receives the signals, by default the child */
export function serverOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
  signalled: () => number | undefined = () => child.pid,
): ServerProcess {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  return {
    ended,
    output: () => output,
    stopReading() {
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
    },
    url: () =>
      waitFor('the service listens', () => {
        if (hasEnded) throw new Error(`the service ended: ${output}`);
        return Promise.resolve(/^ready on (\S+)$/m.exec(output)?.[1] ?? null);
      }),
    end(signal) {
      const pid = signalled();
      if (pid !== undefined && !hasEnded) process.kill(pid, signal);
      return ended;
    },
  };
}
