import { DataSource } from 'typeorm';
import { calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import { SYSTEM_ACTOR } from '../../../src/kernel/access/actor.js';
import { Money } from '../../../src/kernel/money/money.js';
import { LedgerVerificationService, SettlementRunService } from '../../../src/modules/ledger/index.js';
import { PostingRunRepository } from '../../../src/modules/loans/posting-runs/posting-run.repository.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { expectConstraintViolation } from '../../support/expect-constraint-violation.js';
import { aBorrower, aDriver, aLoan } from '../../support/factories.js';
import { LedgerClient } from '../../support/ledger-client.js';
import { RUN_CHANGES, RUN_FORGERIES } from '../../support/run-changes.js';
import { restoreTables, saveTables, tamper, tamperAsOwner } from '../../support/tampering.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';
import { aUser } from '../../support/users.js';

let app: TestApp;
let head: string;
let loanId: string;
let manager: number;

/**
 * Posts two loans under an Idempotency-Key (posting run 1), then a loan on hold alone, which is an error (run 2), and settles
 * earnings that pay a debt, earnings of a driver without debts, and earnings of an unknown driver (settlement run 1, lines 1 to 3).
 */
beforeAll(async () => {
  app = await startTestApp({ now: '2025-11-03T09:00:00-05:00' });
  manager = (await aUser(app, 'MANAGER')).id;
  const finance = app.as('FINANCE');
  const loan = await aLoan(app);
  const held = await aLoan(app);
  loanId = loan.loan_id;
  const once = { 'idempotency-key': 'post-once' };
  expect((await finance.post('/loans/installments/post', {}, once)).status).toBe(200);
  const hold = { status: 'ON_HOLD', reason: 'Papers are missing' };
  expect((await finance.put(`/loans/${held.loan_id}/status`, hold)).status).toBe(200);
  expect((await finance.post('/loans/installments/post', { loan_id: held.loan_id })).body).toMatchObject({
    errors: [{ installment_id: null }],
  });
  const debtor = await aBorrower(app);
  await new LedgerClient(app).owe(debtor, { amount: '200.00' });
  const { id: idle } = await aDriver(app);
  const run = await app.get(SettlementRunService).run(SYSTEM_ACTOR, {
    payment_period_start: calendarDate('2025-11-02'),
    lines: [debtor.driver_id, idle, 9999].map((driver_id, index) => ({
      driver_id,
      amount: Money.of('500.00'),
      source_id: `EARN-${index}`,
    })),
  });
  expect(run).toMatchObject({ status: 'COMPLETED', lines_paid: 1, lines_nothing_due: 1, lines_rejected: 1 });
  const verified = await verify();
  expect(verified).toMatchObject({
    differences: [],
    checked: { posting_runs: 2, posting_run_errors: 1, settlement_runs: 1, settlement_lines: 3 },
  });
  head = verified.chain_head ?? '';
  await saveTables(app.db);
});

afterEach(() => restoreTables(app.db));

afterAll(() => app?.close());

const verify = (storedHead?: string) => app.get(LedgerVerificationService).verify({ head: storedHead });

async function differences(): Promise<string[]> {
  const { differences: found } = await verify(head);
  return found.map(({ kind, id, message }) => `${kind} ${id} ${message}`);
}

const filled = (sql: string): string =>
  sql.replaceAll(':manager', String(manager)).replaceAll(':loan', loanId);

describe('a run, an event or a stored answer', () => {
  it.each(RUN_CHANGES)('cannot become %s by the role of the service', async (_what, _table, sql) => {
    await expectConstraintViolation(
      app.get(DataSource),
      { code: expect.stringMatching(/^(42501|55000)$/) as string },
      filled(sql),
    );
  });

  it.each(RUN_CHANGES)(
    'is named after it became %s by a superuser',
    async (_what, _table, sql, difference) => {
      await tamper(app.db, filled(sql));
      expect(await differences()).toContain(difference);
    },
  );

  it.each(RUN_CHANGES)(
    'is named after it became %s by the owner of the tables',
    async (_what, table, sql, difference) => {
      await tamperAsOwner(app.db, table, filled(sql));
      expect(await differences()).toContain(difference);
    },
  );

  it.each(RUN_FORGERIES)('is named if it is %s', async (_what, sql, expected) => {
    await app.get(DataSource).query(filled(sql));
    expect(await differences()).toEqual(expected);
  });
});

describe('a posting run', () => {
  it('is named if the role of the service changes its count before it is completed', async () => {
    await tamper(app.db, `UPDATE posting_runs SET status = 'RUNNING', finished_at = NULL WHERE id = 1`);
    const service = app.get(DataSource);
    await service.query('UPDATE posting_runs SET installments_posted = installments_posted + 1 WHERE id = 1');
    expect(await differences()).toEqual([
      'POSTING_RUN 1 its count and amount differ from those of its postings',
    ]);
  });

  it('is not completed while another process has left a batch of it', async () => {
    await tamper(app.db, `UPDATE posting_runs SET status = 'RUNNING', finished_at = NULL WHERE id = 1`);
    await app.db.query('INSERT INTO posting_run_batches (run_id, first_id, last_id) VALUES (1, 1, 1)');
    const complete = () =>
      app.get(Transactions).run((tx) => app.get(PostingRunRepository).complete(tx, 1, new Date()));
    expect(await complete()).toBe(false);
    await app.db.query('DELETE FROM posting_run_batches');
    expect(await complete()).toBe(true);
  });
});

describe('a stored answer', () => {
  it('may be deleted after 24 hours', async () => {
    await app.db.query(`
      INSERT INTO idempotency_keys (user_id, route, key, request_hash, answer, created_at)
      VALUES (${manager}, 'POST /x', 'old', 'x', '{}', now() - interval '24 hours 1 second')`);
    await app.get(DataSource).query(`DELETE FROM idempotency_keys WHERE key = 'old'`);
    expect(await differences()).toEqual([]);
  });
});
