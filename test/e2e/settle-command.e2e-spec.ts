import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from '../support/command-line.js';
import { aDriver, aLease } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const NOW = '2025-11-04T09:00:00-05:00';
const CSV = `tlc_license_number,amount,reference
5012345,100.00,EARN-1
5012346,50.00,EARN-2
9999999,70.00,EARN-3
5012346,"1,50",EARN-4
`;
const REJECTED = [
  'line 4: There is no driver with the TLC number 9999999.',
  'line 5: amount "1,50": must be an amount such as "1500.00": digits, and at most two decimals after a point; no currency sign, no commas.',
];

describe('settle', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'settle-command-'));
  const file = path.join(folder, 'earnings.csv');
  let database: TestDatabase;
  let app: TestApp;

  beforeAll(async () => {
    writeFileSync(file, CSV);
    database = await createTestDatabase();
    app = await startTestApp({ databaseUrl: database.url, now: NOW });
    const { id: driver_id } = await aDriver(app, { tlc_license_number: '5012345' });
    const { id: lease_id } = await aLease(app, { driver_id });
    await new LedgerClient(app).owe({ driver_id, lease_id }, { amount: '500.00' });
    await aDriver(app, { tlc_license_number: '5012346' });
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await app.close();
    await database.drop();
  });

  const settle = (args: readonly string[], input?: string): ReturnType<typeof runCommand> =>
    runCommand(database.url, ['settle', ...args], { CLOCK_NOW: NOW }, input);

  const runs = (): Promise<{ email: string | null }[]> =>
    app.db.query('SELECT email FROM settlement_runs LEFT JOIN users ON users.id = started_by');

  it('reports the rejected lines and the totals, in a dry run and after it', async () => {
    const { body: me } = await app.as('FINANCE').get<{ email: string }>('/auth/me');
    const args = ['--period-start', '2025-11-02', '--min-take-home', '25%', '--as', me.email];
    const counts = 'Read 4 lines: 1 paid, 1 with nothing due, 2 rejected.';
    const totals = 'Earnings $150.00: applied $75.00, net pay $75.00.';
    const report = (begin: string): object => ({
      exitCode: 1,
      stdout: [...REJECTED, `${begin} ${counts} ${totals}\n`].join('\n'),
      stderr: '',
    });
    expect(await settle([file, ...args, '--dry-run'])).toEqual(report('Dry run, nothing was written.'));
    expect(await runs()).toEqual([]);
    expect(await settle([file, ...args])).toEqual(report('Settlement run SR-2025-000001.'));
    expect(await runs()).toEqual([{ email: me.email }]);
  });

  it('exits with 0 if no line is rejected', async () => {
    const csv = 'tlc_license_number,amount,reference\n5012346,1.00,EARN-5\n';
    const args = ['-', '--period-start', '2025-11-02'];
    const first = await settle(args, csv);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(await runs()).toContainEqual({ email: null });
    expect(await settle(args, csv)).toEqual(first);
    const { stdout } = await settle([...args, '--dry-run'], csv);
    expect(stdout).toMatch(
      /^Dry run, nothing was written. These lines are settled already, by settlement run SR-/,
    );
  });

  it.each([
    [[file, '--period-start', '2025-11-03'], 1, '2025-11-03 is not a Sunday'],
    [['-', '--period-start', '2025-11-02'], 1, 'The file is empty.'],
    [[file], 2, "required option '--period-start <date>' not specified"],
    [[file, '--period-start', 'Sunday'], 2, '"Sunday" is not a valid date. Use YYYY-MM-DD.'],
    [['/no/such.csv', '--period-start', '2025-11-02'], 2, 'There is no file "/no/such.csv".'],
    [[file, '--period-start', '2025-11-02', '--as', 'no@example.com'], 2, 'There is no active user'],
  ])('exits with one sentence for %j', async (args, exitCode, sentence) => {
    const refused = await settle(args);
    expect(refused).toMatchObject({ exitCode, stdout: '' });
    expect(refused.stderr).toContain(sentence);
  });

  it('needs a user who may settle', async () => {
    const { body: manager } = await app.as('MANAGER').get<{ email: string }>('/auth/me');
    expect(await settle([file, '--period-start', '2025-11-02', '--as', manager.email])).toMatchObject({
      exitCode: 2,
      stderr: `error: ${manager.email} may not settle earnings: ledger:post is missing.\n`,
    });
  });
});
