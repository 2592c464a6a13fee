import { runCommand } from '../support/command-line.js';
import { aLoan } from '../support/factories.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';
import type { TestDatabase } from '../support/test-database.js';
import { createTestDatabase } from '../support/test-database.js';

const FRIDAY = '2025-10-31T09:00:00-04:00';

describe('the post-week command', () => {
  let database: TestDatabase;
  let app: TestApp;
  const run = (...args: string[]): ReturnType<typeof runCommand> =>
    runCommand(database.url, ['post-week', ...args], { CLOCK_NOW: FRIDAY });

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startTestApp({ databaseUrl: database.url, now: FRIDAY });
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('shows in a dry run on Friday what the run on Sunday will post', async () => {
    await aLoan(app, { start_week: '2025-11-02' });
    expect(await run('--dry-run', '--period-start', '2025-11-02')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(
        'Would post 1/1 installments (2025-11-02 to 2025-11-08, $100.00, run ',
      ) as string,
    });
    expect((await run('--period-start', '2025-11-02')).exitCode).not.toBe(0);
  });

  it('fails with an explanation for a loan that cannot be posted', async () => {
    const { loan_id } = await aLoan(app);
    await app.as('FINANCE').put(`/loans/${loan_id}/status`, { status: 'ON_HOLD', reason: 'Leave' });
    const { exitCode, stderr } = await run('--loan', loan_id);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Only an active loan can be posted (${loan_id} is ON_HOLD). Resume it first.`);
  });
});
