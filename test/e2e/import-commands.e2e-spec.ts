import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from '../support/command-line.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const EXAMPLES = path.resolve(import.meta.dirname, '../../docs/examples');
const CLOCK = { CLOCK_NOW: '2025-10-29T09:00:00-04:00' };

describe('the imports on the command line', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'import-commands-'));
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  const run = (...args: string[]): ReturnType<typeof runCommand> => runCommand(database.url, args, CLOCK);

  const file = (content: string): string => {
    const name = path.join(folder, 'file.csv');
    writeFileSync(name, content);
    return name;
  };

  // one after another: the leases are of those drivers, the loans under those leases
  it.each([
    ['drivers', 3],
    ['leases', 2],
    ['loans', 2],
  ])('bring in %s, and change nothing in a dry run and the second time', async (kind, rows) => {
    const command = [`import:${kind}`, path.join(EXAMPLES, `${kind}.csv`)];
    const counts = (created: number, unchanged: number): string =>
      `Read ${rows} rows: ${created} created, 0 updated, ${unchanged} unchanged, 0 rejected.\n`;
    const trial = await run(...command, '--dry-run');
    expect(trial).toMatchObject({ exitCode: 0, stdout: `Dry run, nothing was written. ${counts(rows, 0)}` });
    expect(await run(...command)).toMatchObject({ exitCode: 0, stdout: counts(rows, 0) });
    expect(await run(...command)).toMatchObject({ exitCode: 0, stdout: counts(0, rows) });
  });

  it('report bad rows by line on stdout and exit with 1; how far they are stands on stderr', async () => {
    const rows = Array.from(
      { length: 10_500 },
      (_, row) => `${row === 7 ? '?' : `C${row}`},Ada,Rider\n`,
    ).join('');
    const name = file(`tlc_license_number,first_name,last_name\n${rows}`);
    const reason =
      'line 9: tlc_license_number "?": tlc_license_number must be 1 to 20 letters, digits or hyphens.\n';
    const refused = await run('import:drivers', name, '--all-or-nothing');
    expect(refused).toMatchObject({ exitCode: 1, stdout: reason });
    expect(refused.stderr).toContain('error: Nothing was imported: 1 of 10500 rows cannot be taken');
    expect(refused.stderr).toContain('drivers: 10000 rows read\n');
    expect(await run('import:drivers', name)).toMatchObject({
      exitCode: 1,
      stdout: `${reason}Read 10500 rows: 10499 created, 0 updated, 0 unchanged, 1 rejected.\n`,
    });
  });

  it('exit with 1 and a sentence on a file that cannot be read', async () => {
    const broken = await run('import:leases', file('lease_number\n'));
    expect(broken).toMatchObject({ exitCode: 1, stdout: '' });
    expect(broken.stderr).toContain(
      'error: The first line does not name the columns: "tlc_license_number" is missing',
    );
  });

  it.each([
    [['import:drivers'], "missing required argument 'file'"],
    [['import:drivers', '/no/such/file.csv'], 'There is no file "/no/such/file.csv".'],
    [['import:drivers', EXAMPLES], 'There is no file'],
    [['import:loans', path.join(EXAMPLES, 'loans.csv'), '--all-or-nothing', '--keep-good-rows'], 'not both'],
  ])('exit with 2 where they are not called as the help says: %j', async (args, sentence) => {
    const refused = await run(...args);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain(sentence);
  });
});
