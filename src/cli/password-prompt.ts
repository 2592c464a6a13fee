import type { Interface } from 'node:readline';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './usage-error.js';

/** Longer than any password: a limit for a pipe that never ends its line. */
const MAX_PIPED_CHARACTERS = 4_096;

/**
 * Reads a new password: from a terminal twice and without echo, from a pipe as the first line. Never from an argument,
 * which would remain in the shell's history and in the process list.
 */
export function readNewPassword(): Promise<string> {
  return process.stdin.isTTY ? askTwice() : readFirstLine();
}

async function askTwice(): Promise<string> {
  const discard = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: discard, terminal: true });
  try {
    const password = await ask(terminal, 'Password: ');
    if ((await ask(terminal, 'Repeat the password: ')) === password) return password;
    throw new UsageError('The two passwords differ.');
  } finally {
    terminal.close();
  }
}

/** Writes the question to stderr directly, because the output of the readline interface (the echo) is discarded. */
async function ask(terminal: Interface, question: string): Promise<string> {
  process.stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      terminal.once('close', () => reject(new UsageError('No password was given.')));
      terminal.question('', resolve);
    });
  } finally {
    process.stderr.write('\n');
  }
}

async function readFirstLine(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    text += chunk;
    if (text.includes('\n') || text.length > MAX_PIPED_CHARACTERS) break;
  }
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line === '') throw new UsageError('No password was given. Type it, or pipe it in as one line.');
  return line;
}
