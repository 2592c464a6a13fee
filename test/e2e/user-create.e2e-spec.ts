import pg from 'pg';
import { runCommand } from '../support/command-line.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const PASSWORD = 'correct horse battery staple';
const NO_SERVER = 'postgres://unknown@127.0.0.1:1/nothing';

describe('the user commands', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  const run = (args: string[], input = '', databaseUrl = database.url): ReturnType<typeof runCommand> =>
    runCommand(databaseUrl, args, {}, input);

  const userCreate = (email: string, role = 'FINANCE,MANAGER') => [
    'user:create',
    ...['--email', email, '--name', 'Maria Ruiz', '--role', role],
  ];

  async function currentUsers(): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      const { rows } = await client.query<object>('SELECT id, email, name, roles FROM users ORDER BY id');
      return rows;
    } finally {
      await client.end();
    }
  }

  it('create a user once, print the result, and reject the same e-mail with one sentence', async () => {
    const first = await run(userCreate('Maria@Example.com'), `${PASSWORD}\n`);
    expect(first).toMatchObject({ exitCode: 0, stdout: 'Created user 1, maria@example.com\n' });

    const second = await run(userCreate('maria@example.com'), PASSWORD);
    expect(second).toMatchObject({ exitCode: 1, stdout: '' });
    expect(second.stderr).toMatch(/^error: A user with the e-mail maria@example\.com already exists\.$/m);
    expect(second.stderr).not.toMatch(/^\s+at /m);

    expect(await currentUsers()).toEqual([
      { id: 1, email: 'maria@example.com', name: 'Maria Ruiz', roles: ['FINANCE', 'MANAGER'] },
    ]);
  });

  it.each([
    ['maria@example.com', 'error: A user with the e-mail maria@example.com already exists.\n'],
    ['maria', 'error: The e-mail must be an address such as clerk@example.com.\n'],
  ])('reject the e-mail %s before they ask for the password', async (email, sentence) => {
    expect(await run(userCreate(email), '')).toEqual({ exitCode: 1, stdout: '', stderr: sentence });
  });

  it('exit with code 2 without a password, and create no user', async () => {
    const rejected = await run(userCreate('a@example.com'), '');
    expect(rejected).toMatchObject({ exitCode: 2, stdout: '' });
    expect(rejected.stderr).toMatch(/^error: No password was given\./);
    expect(await currentUsers()).toHaveLength(1);
  });

  it('unlock a user, and report an unknown user', async () => {
    const email = 'locked@example.com';
    await run(userCreate(email), PASSWORD);
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      await client.query(
        `INSERT INTO sign_in_locks (account_hash, network, failures, locked_until)
         VALUES (sha256(convert_to($1, 'UTF8')), '', 9, now() + interval '15 minutes')`,
        [email],
      );
      const unlocked = await run(['user:unlock', '--email', email]);
      expect(unlocked.stdout).toMatch(/^Unlocked user \d+, locked@example\.com\n$/);
      expect((await client.query('SELECT 1 FROM sign_in_locks')).rowCount).toBe(0);
    } finally {
      await client.end();
    }
    const unknown = await run(['user:unlock', '--email', 'unknown@example.com']);
    expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
    expect(unknown.stderr).toContain('error: There is no user with the e-mail unknown@example.com.');
  });

  it('show their help without a database', async () => {
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
    ['an unknown role', userCreate('a@example.com', 'CLERK'), 'There is no role "CLERK"'],
  ])(
    'exit with code 2 and one sentence for %s, before connecting to a database',
    async (_, args, sentence) => {
      const rejected = await run(args, '', NO_SERVER);
      expect(rejected).toMatchObject({ exitCode: 2, stdout: '' });
      expect(rejected.stderr).toContain(`error: ${sentence}`);
      expect(rejected.stderr).not.toMatch(/^\s+at /m);
    },
  );

  it('exit with code 1 and one sentence when the database is unavailable', async () => {
    const rejected = await run(userCreate('a@example.com'), PASSWORD, NO_SERVER);
    expect(rejected.exitCode).toBe(1);
    expect(rejected.stderr).toContain('error: The database does not answer');
    expect(rejected.stderr).not.toMatch(/^\s+at /m);
  });
});
