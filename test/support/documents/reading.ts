import { startServer } from '../server-process.js';
import type { ServerProcess } from '../server-process.js';
import { SIGNING_KEY } from '../signing-key.js';
import { waitFor } from '../wait-for.js';
import { differencesFromExcerpt, linesNotIn } from './excerpt.js';
import type { Block, Example } from './markdown.js';
import type { Outcome } from './shell-session.js';
import { openShell } from './shell-session.js';

/** Where the documents find the service; here it listens where there is room. */
const DOCUMENTED_ADDRESS = 'http://127.0.0.1:3000';
const START = /^((?:[A-Z_]+=\S+ )*)npm start$/;

export interface Surroundings {
  /** Without it, the service starts its embedded database with the demo fleet. */
  readonly databaseUrl?: string;
  /** Settings of the service and of the commands */
  readonly env: Readonly<Record<string, string>>;
  /** Where the clock of the service starts */
  readonly clockNow: string;
  /** Whether the machine's own curl is run, not the stand-in */
  readonly withCurl: boolean;
}

/** Somebody who does what a document says, block by block, with a service and a shell of their own. */
export interface Reading {
  /** Runs one block. Answers what differs from what the document shows, in sentences. */
  follow(example: Example): Promise<string[]>;
  close(): Promise<void>;
}

export function openReading({ databaseUrl = '', env, clockNow, withCurl }: Surroundings): Reading {
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
    async follow({ block, shown }) {
      const starts = START.exec(block.text);
      if (starts) {
        await start(Object.fromEntries((starts[1] ?? '').split(' ').map((pair) => pair.split('='))));
        return untilShown(server, shown, address);
      }
      if (!server) {
        await start({});
        // the demo fleet's current week waits to be posted, which the service begins with
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

/** What a service says comes in its time: waits until it has said all that is shown. */
async function untilShown(
  server: ServerProcess | null,
  shown: Block | null,
  address: string,
): Promise<string[]> {
  if (!server || !shown) return [];
  const said = (): string => server.output().replaceAll(address, DOCUMENTED_ADDRESS);
  const missing = (): string[] => linesNotIn(said(), shown.text);
  await waitFor('the service says what is shown', () =>
    Promise.resolve(missing().length === 0 || null),
  ).catch(() => undefined);
  return missing().length === 0 ? [] : [...missing().map((line) => `"${line}" is not said`), said()];
}

function differencesFrom(
  { exitCode, stdout, stderr }: Outcome,
  shown: Block | null,
  address: string,
): string[] {
  const said = stdout.replaceAll(address, DOCUMENTED_ADDRESS).replaceAll('\r', '');
  const found = [
    ...(exitCode === 0 || shown?.info === 'fails' ? [] : [`it ends with exit code ${exitCode}`]),
    ...unshownProblems(said, shown),
    ...(shown ? differencesFromShown(said, shown) : []),
  ];
  return found.length === 0
    ? []
    : [...found, `stdout: ${said.slice(-2000)}`, `stderr: ${stderr.slice(-2000)}`];
}

function differencesFromShown(said: string, shown: Block): string[] {
  if (shown.language !== 'json') {
    return linesNotIn(said, shown.text).map((line) => `"${line}" is shown and does not come`);
  }
  const answer = answersIn(said).at(-1);
  if (answer === undefined) return ['an answer is shown and none comes'];
  return differencesFromExcerpt(JSON.parse(shown.text), answer);
}

/** The JSON documents among the lines. */
function answersIn(said: string): unknown[] {
  return said.split('\n').flatMap((line) => {
    try {
      return /^[[{]/.test(line) ? [JSON.parse(line) as unknown] : [];
    } catch {
      return [];
    }
  });
}

/** A refusal that no reader is told of is a mistake of the document. */
function unshownProblems(said: string, shown: Block | null): string[] {
  if (shown?.text.includes('"code"')) return [];
  return answersIn(said)
    .filter((answer) => String((answer as { type?: unknown }).type).startsWith('urn:driver-loans:problem:'))
    .map((problem) => `a request is refused: ${JSON.stringify(problem)}`);
}
