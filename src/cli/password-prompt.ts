import type { Interface } from 'node:readline';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './usage-error.js';

/** More than any password has; so much is read of a pipe that never ends its line. */
const MAX_PIPED_CHARACTERS = 4_096;

/**
 * Reads a new password: never from an argument, which would stay in the shell's history and the process list. From a
 * terminal it is asked for twice without echo; from a pipe it is the first line.
 */
export function readNewPassword(): Promise<string> {
  return process.stdin.isTTY ? askTwice() : readFirstLine();
}

async function askTwice(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    const password = await ask(terminal, 'Password: ');
    if ((await ask(terminal, 'The same once more: ')) === password) return password;
    throw new UsageError('The two passwords differ.');
  } finally {
    terminal.close();
  }
}

/** The question goes to stderr, past the readline interface, whose own output (the echo) goes nowhere. */
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
  if (line === '') throw new UsageError('No password was given: type it, or pipe it in as one line.');
  return line;
}
