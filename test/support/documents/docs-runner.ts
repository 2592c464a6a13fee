import { startServer } from '../server-process.js';
import type { ServerProcess } from '../server-process.js';
import { SIGNING_KEY } from '../signing-key.js';
import { waitFor } from '../wait-for.js';
import { differencesFromExcerpt, linesNotIn } from './excerpt.js';
import type { Block, Example } from './markdown.js';
import type { ShellResult } from './shell-session.js';
import { openShell } from './shell-session.js';

/** The address of the service in the documents. In the tests the service listens on a free port. */
const DOCUMENTED_ADDRESS = 'http://127.0.0.1:3000';
const START = /^((?:[A-Z_]+=\S+ )*)npm start$/;

export interface RunnerOptions {
  /** Without it, the service starts its embedded database with the demo fleet. */
  readonly databaseUrl?: string;
  /** Settings of the service and of the commands */
  readonly env: Readonly<Record<string, string>>;
  /** The time at which the clock of the service starts */
  readonly clockNow: string;
  /** Runs the installed curl instead of the replacement in curl.mjs */
  readonly withCurl: boolean;
}

/** Executes the code blocks of a document with its own service and shell. */
export interface DocsRunner {
  /** Runs one block. Returns the differences from the output that the document shows. */
  run(example: Example): Promise<string[]>;
  close(): Promise<void>;
}

export function createDocsRunner({ databaseUrl = '', env, clockNow, withCurl }: RunnerOptions): DocsRunner {
  const settings = {
    DATABASE_URL: databaseUrl,
    AUTH_JWT_SECRET: databaseUrl ? SIGNING_KEY : '',
    CLOCK_NOW: clockNow,
    ...env,
  };
  const shell = openShell({ NODE_ENV: 'test', ...settings }, withCurl);
  let server: ServerProcess | null = null;
  let address = '';

  async function start(overrides: Readonly<Record<string, string>>): Promise<void> {
    await server?.end('SIGTERM');
    const started = startServer(databaseUrl, clockNow, { ...settings, ...overrides });
    server = started;
    address = await started.url();
    const clock = overrides['CLOCK_NOW'] ?? clockNow;
    await shell.run(`API=${address}/api/v1\nexport CLOCK_NOW=${clock}`);
  }

  return {
    async run({ block, shown }) {
      const starts = START.exec(block.text);
      if (starts) {
        await start(Object.fromEntries((starts[1] ?? '').split(' ').map((pair) => pair.split('='))));
        return waitForShownLines(server, shown, address);
      }
      if (!server) {
        await start({});
        // the service posts the current week of the demo fleet as soon as it has started
        await waitFor('the week is posted', () =>
          Promise.resolve(/Posted \d+\/\d+ installments/.exec(server?.output() ?? '')),
        );
      }
      const outcome = await shell.run(block.text.replaceAll(DOCUMENTED_ADDRESS, address));
      return differencesFrom(outcome, shown, address);
    },
    async close() {
      shell.close();
      await server?.end('SIGTERM');
    },
  };
}

/** Waits until the output of the service contains every line that the document shows. */
async function waitForShownLines(
  server: ServerProcess | null,
  shown: Block | null,
  address: string,
): Promise<string[]> {
  if (!server || !shown) return [];
  const output = (): string => server.output().replaceAll(address, DOCUMENTED_ADDRESS);
  const missing = (): string[] => linesNotIn(output(), shown.text);
  await waitFor('the service prints what the document shows', () =>
    Promise.resolve(missing().length === 0 || null),
  ).catch(() => undefined);
  return missing().length === 0
    ? []
    : [...missing().map((line) => `the service does not print "${line}"`), output()];
}

function differencesFrom(
  { exitCode, stdout, stderr }: ShellResult,
  shown: Block | null,
  address: string,
): string[] {
  const output = stdout.replaceAll(address, DOCUMENTED_ADDRESS).replaceAll('\r', '');
  const found = [
    ...(exitCode === 0 || shown?.info === 'fails' ? [] : [`the exit code is ${exitCode}`]),
    ...unshownProblems(output, shown),
    ...(shown ? differencesFromShown(output, shown) : []),
  ];
  return found.length === 0
    ? []
    : [...found, `stdout: ${output.slice(-2000)}`, `stderr: ${stderr.slice(-2000)}`];
}

function differencesFromShown(output: string, shown: Block): string[] {
  if (shown.language !== 'json') {
    return linesNotIn(output, shown.text).map((line) => `the output lacks "${line}"`);
  }
  const answer = answersIn(output).at(-1);
  if (answer === undefined) return ['the output contains no JSON answer'];
  return differencesFromExcerpt(JSON.parse(shown.text), answer);
}

/** The lines that are JSON documents. */
function answersIn(output: string): unknown[] {
  return output.split('\n').flatMap((line) => {
    try {
      return /^[[{]/.test(line) ? [JSON.parse(line) as unknown] : [];
    } catch {
      return [];
    }
  });
}

/** An error answer that the document does not show is a mistake in the document. */
function unshownProblems(output: string, shown: Block | null): string[] {
  if (shown?.text.includes('"code"')) return [];
  return answersIn(output)
    .filter((answer) => String((answer as { type?: unknown }).type).startsWith('urn:driver-loans:problem:'))
    .map((problem) => `a request failed: ${JSON.stringify(problem)}`);
}
