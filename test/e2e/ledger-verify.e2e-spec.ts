import { spawn } from 'node:child_process';
import path from 'node:path';
import { SCHEMA_DEFINITIONS } from '../../src/platform/integrity/schema-definitions.js';
import type { VerificationResponse } from '../../src/modules/ledger/integrity/verification.response.js';
import { aLoan } from '../support/factories.js';
import { expectFieldErrors, expectProblem } from '../support/problem.js';
import { SIGNING_KEY } from '../support/signing-key.js';
import { tamper } from '../support/tampering.js';
import { startTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

let database: TestDatabase;
let app: TestApp;
let loanId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await startTestApp({ now: '2025-11-03T09:00:00-05:00', databaseUrl: database.url });
  loanId = (await aLoan(app)).loan_id;
  await app.as('FINANCE').post('/loans/installments/post', {});
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

const verify = (query = '') => app.as('MANAGER').get<VerificationResponse>(`/ledger/verify${query}`);
const forgeTotal = (paid: number) =>
  tamper(
    app.db,
    `UPDATE driver_loans SET total_principal_paid = ${paid}, outstanding_balance = loan_amount - ${paid}`,
  );

describe('GET /ledger/verify', () => {
  it('returns what was checked, no differences, and the chain head', async () => {
    const answer = await verify();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ok: true,
      checked: expect.objectContaining({
        ...{ postings: 1, balances: 1, allocations: 0, installments: 5, loans: 1 },
        ...{ links: expect.any(Number) as number, schema_objects: Object.keys(SCHEMA_DEFINITIONS).length },
      }) as object,
      differences_total: 0,
      differences: [],
      chain_head: expect.stringMatching(/^\d+:[0-9a-f]{64}$/),
    });
  });

  it('returns every difference with the expected and the actual value', async () => {
    await forgeTotal(1);
    const { body } = await verify();
    await forgeTotal(0);
    expect(body).toMatchObject({
      ok: false,
      differences_total: 1,
      differences: [
        {
          kind: 'LOAN',
          id: loanId,
          message: 'its totals differ from those of its installments',
          expected: '0.00, 0.00, 0.00, 500.00',
          actual: '1.00, 0.00, 0.00, 499.00',
        },
      ],
    });
  });

  it('compares the chain with a stored head', async () => {
    const { body } = await verify();
    expect((await verify(`?head=${body.chain_head}`)).body.ok).toBe(true);
    const other = `1:${'0'.repeat(64)}`;
    expect((await verify(`?head=${other}`)).body.differences).toEqual([
      {
        kind: 'CHAIN_LINK',
        id: '1',
        message: 'is not the link of the given head',
        expected: other,
        actual: body.chain_head,
      },
    ]);
  });

  it.each(['', '1', `1:${'0'.repeat(63)}`, `0:${'0'.repeat(64)}`, `1:${'g'.repeat(64)}`])(
    'rejects "%s" as a head',
    async (head) => {
      expectFieldErrors(await verify(`?head=${head}`), 'head');
    },
  );

  it('rejects an unknown query parameter and an unauthenticated caller', async () => {
    expectFieldErrors(await verify('?from=1'), 'from');
    expectProblem(await app.anonymous.get('/ledger/verify'), 401, 'UNAUTHENTICATED');
  });
});

describe('the ledger:verify command', () => {
  /** Runs the built command line. */
  async function run(
    ...args: string[]
  ): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, ['dist/src/cli/main.js', 'ledger:verify', ...args], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_ENV: 'test',
        DATABASE_URL: database.url,
        AUTH_JWT_SECRET: SIGNING_KEY,
      },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { exitCode, ...output };
  }

  it('prints what it checked, no progress into a pipe, and exits with code 0', async () => {
    const { exitCode, stdout, stderr } = await run();
    const lines = stdout.replace(/[0-9a-f]{64}/, 'HASH').split('\n');
    expect(lines[0]).toBe('Checked');
    const counted = lines.map((line) => line.trim());
    expect(counted).toEqual(
      expect.arrayContaining([
        '1 postings',
        '0 allocations',
        '5 installments',
        '1 loans',
        '1 status changes',
      ]),
    );
    expect(counted).toContain(`${Object.keys(SCHEMA_DEFINITIONS).length} schema objects`);
    expect(lines.at(-3)).toBe('Ledger verification passed: 0 differences');
    expect(lines.at(-2)).toMatch(/^Chain head: \d+:HASH$/);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it('prints the differences and exits with code 1', async () => {
    await forgeTotal(1);
    const { exitCode, stdout } = await run('--head', `7:${'a'.repeat(64)}`);
    await forgeTotal(0);
    expect(stdout.split('\n').slice(-5, -2)).toEqual([
      `LOAN ${loanId} its totals differ from those of its installments: ` +
        'expected 0.00, 0.00, 0.00, 500.00, found 1.00, 0.00, 0.00, 499.00',
      `CHAIN_LINK 7 is not the link of the given head: expected 7:${'a'.repeat(64)}, found nothing`,
      'Ledger verification failed: 2 differences',
    ]);
    expect(exitCode).toBe(1);
  });

  it('rejects an invalid head with one sentence, and exits with code 2', async () => {
    expect(await run('--head', 'latest')).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('"latest" is not a chain head') as string,
    });
  });
});
