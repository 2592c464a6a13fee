import { spawn } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { SIGNING_KEY } from '../support/signing-key.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PASSWORD = 'correct horse battery staple';
const NO_SERVER = 'postgres://nobody@127.0.0.1:1/nothing';

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command line', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  /** Runs the built command line with the input on a pipe. */
  async function run(args: string[], input = '', databaseUrl = database.url): Promise<Run> {
    const child = spawn(process.execPath, ['dist/src/cli/main.js', ...args], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: databaseUrl, AUTH_JWT_SECRET: SIGNING_KEY },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.stdin.on('error', () => undefined).end(input);
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { exitCode, ...output };
  }

  const userCreate = (email: string, role = 'FINANCE,MANAGER') => [
    'user:create',
    ...['--email', email, '--name', 'Maria Ruiz', '--role', role],
  ];

  async function usersNow(): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const { rows } = await client.query<object>('SELECT id, email, name, roles FROM users ORDER BY id');
      return rows;
    } finally {
      await client.end();
    }
  }

  it('creates a user once, says who it is on stdout, and refuses the same e-mail with one sentence', async () => {
    const first = await run(userCreate('Maria@Example.com'), `${PASSWORD}\n`);
    expect(first).toMatchObject({ exitCode: 0, stdout: 'Created user 1, maria@example.com\n' });

    const second = await run(userCreate('maria@example.com'), PASSWORD);
    expect(second).toMatchObject({ exitCode: 1, stdout: '' });
    expect(second.stderr).toMatch(/^error: There is already a user with the e-mail maria@example\.com\.$/m);
    expect(second.stderr).not.toMatch(/^\s+at /m);

    expect(await usersNow()).toEqual([
      { id: 1, email: 'maria@example.com', name: 'Maria Ruiz', roles: ['FINANCE', 'MANAGER'] },
    ]);
  });

  it('shows its help without a database', async () => {
    const help = await run(['--help'], '', NO_SERVER);
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain('user:create');
  });

  it.each([
    ['an unknown command', ['user:creat'], "unknown command 'user:creat'"],
    ['a missing option', ['user:create', '--email', 'a@example.com'], "required option '--name <name>'"],
    [
      'an unknown option',
      [...userCreate('a@example.com'), '--password', PASSWORD],
      "unknown option '--password'",
    ],
    ['a role that is none', userCreate('a@example.com', 'CLERK'), 'There is no role "CLERK"'],
    ['no password on the pipe', userCreate('a@example.com'), 'No password was given'],
  ])('exits with 2 and a sentence on %s, before it looks for a database', async (_, args, sentence) => {
    const refused = await run(args, '', NO_SERVER);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain(`error: ${sentence}`);
    expect(refused.stderr).not.toMatch(/^\s+at /m);
  });

  it('exits with 1 and a sentence where the database is away', async () => {
    const refused = await run(userCreate('a@example.com'), PASSWORD, NO_SERVER);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('error: The database is away');
    expect(refused.stderr).not.toMatch(/^\s+at /m);
  });
});
