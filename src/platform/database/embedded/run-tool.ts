import { spawn } from 'node:child_process';
import path from 'node:path';

/** The account that runs PostgreSQL if it cannot run as the current user (it rejects root). */
export interface Account {
  uid: number;
  gid: number;
}

interface ToolOptions {
  account: Account | undefined;
  timeoutMs: number;
  /** For a tool whose child process keeps running: the child would hold the pipe open. */
  discardOutput?: boolean;
}

export interface ToolResult {
  /** Null if the tool was killed, for example at its time limit. */
  code: number | null;
  output: string;
}

const OUTPUT_LIMIT = 8_000;
/** The rest of the environment contains secrets that a server under another account must not inherit. */
const INHERITED = ['PATH', 'TZ', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'];

function environment(): NodeJS.ProcessEnv {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), LC_ALL: 'C' };
}

/**
 * Runs a program to its end, without a shell. Rejects only if the program could not be started.
 *
 * The program gets its own process group: Ctrl-C in the terminal is for the application, which drains before it
 * stops the server, and must not interrupt a tool.
 */
export function runTool(file: string, args: readonly string[], options: ToolOptions): Promise<ToolResult> {
  const sink = options.discardOutput === true ? 'ignore' : 'pipe';
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...options.account,
      // The account may have no access to the current directory.
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
      // ignore read errors: the exit code shows how the tool ended
      stream?.on('data', collect).on('error', () => undefined);
    }
    // more than one error is possible, for example if the tool cannot be killed at its time limit
    child.on('error', reject);
    child.once('close', (code) => {
      resolve({ code, output: output.trim() });
    });
  });
}
