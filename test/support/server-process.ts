import { spawn } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The built service in a process of its own, as an operator runs it. */
export interface ServerProcess {
  /** Everything it has said so far */
  output(): string;
  /** Sends the signal and waits for the end. Answers the exit code, null where the signal ended it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  /** The exit code, of one that ends by itself */
  readonly ended: Promise<number | null>;
}

/**
 * @param clockNow where its clock starts: an instant with its offset; none where it is empty
 * @param settings over those that it is started with
 */
export function startServer(
  databaseUrl: string,
  clockNow: string,
  settings: Readonly<Record<string, string>> = {},
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
      AUTH_JWT_SECRET: 's'.repeat(32),
      CLOCK_NOW: clockNow,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output: () => said,
    ended,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
