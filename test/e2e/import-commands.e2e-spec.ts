import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { runCommand } from '../support/command-line.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const EXAMPLES = path.resolve(import.meta.dirname, '../../docs/examples');
const LOANS = path.join(EXAMPLES, 'loans.csv');
const [CLERK, MANAGER] = ['clerk@example.com', 'manager@example.com'];
const CLOCK = { CLOCK_NOW: '2025-10-29T09:00:00-04:00' };

describe('the import commands', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'import-commands-'));
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await addUser(CLERK, 'FINANCE');
    await addUser(MANAGER, 'MANAGER');
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  const addUser = (email: string, role: string) =>
    runCommand(
      database.url,
      ['user:create', '--email', email, '--name', 'A user of the tests', '--role', role],
      {},
      'correct horse battery staple',
    );

  const run = (...args: string[]): ReturnType<typeof runCommand> => runCommand(database.url, args, CLOCK);

  const file = (content: string): string => {
    const name = path.join(folder, 'file.csv');
    writeFileSync(name, content);
    return name;
  };

  // in this order: leases need the drivers, loans and charges need the leases
  it.each([
    ['drivers', 3],
    ['leases', 2],
    ['loans', 2],
    ['charges', 3],
  ])('import %s, and change nothing in a dry run or a second import', async (kind, rows) => {
    const example = readFileSync(path.join(EXAMPLES, `${kind}.csv`), 'utf8');
    // the charges are for drivers of the demo
    const adapted = example.replaceAll(/^5(056789|112345),[^,]*/gm, '5123456,');
    const command = [`import:${kind}`, file(adapted), '--as', CLERK];
    const counts = (created: number, unchanged: number): string =>
      `Read ${rows} rows: ${created} created, 0 updated, ${unchanged} unchanged, 0 rejected.\n`;
    const dryRun = await run(...command, '--dry-run');
    expect(dryRun).toMatchObject({ exitCode: 0, stdout: `Dry run, nothing was written. ${counts(rows, 0)}` });
    expect(await run(...command)).toMatchObject({ exitCode: 0, stdout: counts(rows, 0) });
    expect(await run(...command)).toMatchObject({ exitCode: 0, stdout: counts(0, rows) });
  });

  it('make the user of --as the creator of the loans', async () => {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      const { rows } = await client.query<object>(`
        SELECT email, count(*)::integer AS loans
        FROM driver_loans JOIN users ON users.id = driver_loans.created_by GROUP BY email`);
      expect(rows).toEqual([{ email: CLERK, loans: 2 }]);
    } finally {
      await client.end();
    }
  });

  it('reject loans that need an approval but have no creator, row by row, also in a dry run', async () => {
    const drafts = { ...CLOCK, LOAN_APPROVAL_REQUIRED: 'true' };
    const other = file(readFileSync(LOANS, 'utf8').replaceAll(/^2025-/gm, '2026-'));
    const rejected = await runCommand(database.url, ['import:loans', other, '--dry-run'], drafts);
    expect(rejected.exitCode).toBe(1);
    expect(rejected.stdout).toContain('A loan that needs an approval must have a creator.');
  });

  it('read stdin for the file name -', async () => {
    const csv = 'tlc_license_number,first_name,last_name\nSTDIN1,Ada,Rider\n';
    expect(await runCommand(database.url, ['import:drivers', '-'], CLOCK, csv)).toMatchObject({
      exitCode: 0,
      stdout: 'Read 1 row: 1 created, 0 updated, 0 unchanged, 0 rejected.\n',
    });
  });

  it('name each changed field with its old and new value, also in a dry run', async () => {
    const name = file('tlc_license_number,first_name,last_name\nSTDIN1,Ana,Rider\n');
    const stdout = `line 2: STDIN1: first_name Ada → Ana\n`;
    const counts = 'Read 1 row: 0 created, 1 updated, 0 unchanged, 0 rejected.\n';
    expect(await run('import:drivers', name, '--dry-run')).toMatchObject({
      stdout: `${stdout}Dry run, nothing was written. ${counts}`,
    });
    expect(await run('import:drivers', name)).toMatchObject({ stdout: `${stdout}${counts}` });
  });

  it('report invalid rows by line on stdout, and exit with code 1', async () => {
    const rows = Array.from(
      { length: 10_500 },
      (_, row) => `${row === 7 ? '?' : `C${row}`},Ada,Rider\n`,
    ).join('');
    const name = file(`tlc_license_number,first_name,last_name\n${rows}`);
    const reason = 'line 9: tlc_license_number "?": must be 1 to 20 letters, digits or hyphens.\n';
    const rejected = await run('import:drivers', name, '--all-or-nothing');
    expect(rejected).toMatchObject({ exitCode: 1, stdout: reason });
    expect(rejected.stderr).toMatch(/^error: Nothing was imported: 1 of 10500 rows cannot be imported.*\n$/);
    expect(await run('import:drivers', name)).toMatchObject({
      exitCode: 1,
      stdout: `${reason}Read 10500 rows: 10499 created, 0 updated, 0 unchanged, 1 rejected.\n`,
    });
  });

  it('exit with code 1 and an error message for an unreadable file', async () => {
    const broken = await run('import:leases', file('lease_number\n'));
    expect(broken).toMatchObject({ exitCode: 1, stdout: '' });
    expect(broken.stderr).toContain(
      'error: The first line does not name the columns: "tlc_license_number" is missing',
    );
  });

  it.each([
    [['import:drivers'], "missing required argument 'file'"],
    [['import:drivers', '/no/such/file.csv'], 'There is no file "/no/such/file.csv".'],
    [['import:drivers', EXAMPLES], `"${EXAMPLES}" is a folder. Give the path of a file.`],
    [['import:drivers', '/dev/null'], '"/dev/null" is not a file. Use "-" to read a pipe.'],
    [['import:loans', LOANS, '--all-or-nothing', '--keep-good-rows'], 'not both'],
    [['import:loans', LOANS, '--as', 'unknown@example.com'], 'There is no active user with the e-mail'],
    [['import:loans', LOANS, '--as', MANAGER], 'manager@example.com may not import loans'],
  ])('exit with code 2 for wrong arguments: %j', async (args, sentence) => {
    const rejected = await run(...args);
    expect(rejected).toMatchObject({ exitCode: 2, stdout: '' });
    expect(rejected.stderr).toContain(sentence);
  });
});
