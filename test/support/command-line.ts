import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { SIGNING_KEY } from './signing-key.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface CommandRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line in its own process, without a terminal, with the input on stdin. */
export function runCommand(
  databaseUrl: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<CommandRun> {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl,
      AUTH_JWT_SECRET: SIGNING_KEY,
      ...env,
    },
  });
  return outcomeOf(child, input);
}

/** Writes the input to the process and waits until it exits. */
export async function outcomeOf(child: ChildProcessWithoutNullStreams, input: string): Promise<CommandRun> {
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  // a command that reads no input may have exited by now
  child.stdin.on('error', () => undefined).end(input);
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, ...output };
}
