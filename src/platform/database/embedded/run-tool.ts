import { spawn } from 'node:child_process';
import path from 'node:path';

/** The operating-system account that PostgreSQL runs as where it cannot run as ours (it refuses root). */
export interface Account {
  uid: number;
  gid: number;
}

interface ToolOptions {
  account: Account | undefined;
  timeoutMs: number;
  /** For a tool whose child lives on: the child would hold our pipe open for as long as it lives. */
  discardOutput?: boolean;
}

export interface ToolResult {
  /** Null where the tool was killed, also by its time limit. */
  code: number | null;
  output: string;
}

const OUTPUT_LIMIT = 8_000;
/** The rest of our environment holds secrets that a server under another account must not inherit. */
const INHERITED = ['PATH', 'TZ', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'];

function environment(): NodeJS.ProcessEnv {
  const kept = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/**
 * Runs a program to its end, without a shell. Rejects only where it could not be started at all.
 *
 * It gets a process group of its own: a Ctrl-C in the terminal is for the application, which drains before
 * it stops the server, and must not end a tool half way.
 */
export function runTool(file: string, args: readonly string[], options: ToolOptions): Promise<ToolResult> {
  const sink = options.discardOutput === true ? 'ignore' : 'pipe';
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...options.account,
      // Our own working directory may be closed to that account.
      cwd: path.parse(path.resolve('.')).root,
      env: environment(),
      stdio: ['ignore', sink, sink],
      detached: true,
      windowsHide: true,
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-OUTPUT_LIMIT);
    };
    for (const stream of [child.stdout, child.stderr]) {
      // what cannot be read is left out: the exit code says how the tool ended
      stream?.on('data', collect).on('error', () => undefined);
    }
    // it may come again, such as where the tool cannot be killed at its time limit
    child.on('error', reject);
    child.once('close', (code) => {
      resolve({ code, output: output.trim() });
    });
  });
}
