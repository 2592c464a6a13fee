import { spawn } from 'node:child_process';
import path from 'node:path';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { SIGNING_KEY } from '../support/signing-key.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NO_SERVER = 'postgres://unknown@127.0.0.1:1/nothing';

describe('the seed command', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  async function seed(args: string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['dist/src/cli/main.js', 'seed', ...args], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: NO_SERVER,
        AUTH_JWT_SECRET: SIGNING_KEY,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { exitCode, ...output };
  }

  it('prints the result, and no progress of a short command into a pipe', async () => {
    const { exitCode, stdout, stderr } = await seed(['--drivers', '3', '--loans', '40', '--seed', '9'], {
      DATABASE_URL: database.url,
    });
    expect(stdout).toBe('Added 3 drivers with a lease each, and 40 loans, from seed 9\n');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it('rejects a production database with one sentence', async () => {
    const { exitCode, stderr } = await seed(['--drivers', '1', '--loans', '1'], {
      DATABASE_URL: database.url,
      NODE_ENV: 'production',
    });
    expect(stderr).toMatch(
      /^error: Invented drivers and loans cannot be added to a production database, .+\n$/,
    );
    expect(exitCode).toBe(1);
  });

  it.each([
    [['--loans', '5'], "error: required option '--drivers <count>' not specified"],
    [['--drivers', '5'], "error: required option '--loans <count>' not specified"],
    [['--drivers', '0', '--loans', '5'], 'error: "0" is not a whole number from 1 to 100000.'],
    [['--drivers', '5', '--loans', '1000001'], 'error: "1000001" is not a whole number from 0 to 1000000.'],
    [['--drivers', '5', '--loans', '5', '--weeks', '53'], 'error: "53" is not a whole number from 0 to 52.'],
    [
      ['--drivers', '5', '--loans', '5', '--seed', 'x'],
      'error: "x" is not a whole number from 0 to 999999999.',
    ],
  ])('rejects %j before it connects to the database', async (args, sentence) => {
    expect(await seed(args)).toEqual({ exitCode: 2, stdout: '', stderr: `${sentence}\n` });
  });
});
