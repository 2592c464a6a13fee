import { Payoffs1764300500000 } from '../../../migrations/1764300500000-payoffs.js';
import { RecordAccrual1764300000000 } from '../../../migrations/1764300000000-record-accrual.js';
import { SealMoreTables1764441000000 } from '../../../migrations/1764441000000-seal-more-tables.js';
import { SealRunsEventsAndAnswers1764495000000 } from '../../../migrations/1764495000000-seal-runs-events-and-answers.js';
import type { LoanDetailResponse } from '../../../src/modules/loans/overview/loan.response.js';
import type { ApiClient } from '../../support/api-client.js';
import type { LoanInput } from '../../support/factories.js';
import { aLoan } from '../../support/factories.js';
import { expectLoanInvariants } from '../../support/ledger-invariants.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';

let app: TestApp;
let finance: ApiClient;

beforeAll(async () => {
  app = await startTestApp({ now: '2025-10-29T09:00:00-04:00' });
  finance = app.as('FINANCE');
});

afterAll(() => app.close());

const lend = (terms: Partial<LoanInput> = {}) =>
  aLoan(app, { loan_amount: '1500.00', interest_rate: '10.00', start_week: '2025-11-02', ...terms });

async function setStatus({ loan_id }: LoanDetailResponse, status: string, more: object = {}) {
  const answer = await finance.put(`/loans/${loan_id}/status`, { status, reason: 'Agreed', ...more });
  expect(answer.status).toBe(200);
}

async function resume(loan: LoanDetailResponse, more: object) {
  await setStatus(loan, 'ON_HOLD');
  await setStatus(loan, 'ACTIVE', more);
}

/** Resumes a loan as release 0.1 did: the whole principal accrues, and no interest is carried over. */
async function payOff(loan: LoanDetailResponse) {
  await setStatus(loan, 'ON_HOLD');
  await finance.post(`/loans/${loan.loan_id}/payoff`, {});
}

async function voidDebit({ loan_id }: LoanDetailResponse, number: number) {
  const [debit] = await app.db.query<[{ posting_id: string }]>(
    `SELECT posting_id FROM ledger_postings WHERE source_id = $1 AND status = 'POSTED'`,
    [`${loan_id}-INST-0${number}`],
  );
  await finance.post(`/ledger/postings/${debit.posting_id}/void`, { reason: 'Mistake' });
}

/** Loans in every state that release 0.1 could leave. */
async function createHistory(): Promise<void> {
  const [plain, waived, paidOff, voided, unposted, mixed] = [
    await lend(),
    await lend(),
    await lend(),
    await lend(),
    await lend({ start_week: '2025-12-14' }),
    await lend(),
  ];
  const cancelled = await lend();
  await setStatus(cancelled, 'CANCELLED');
  app.clock.set('2025-11-05T09:00:00-05:00');
  await finance.post('/loans/installments/post', { payment_period_start: '2025-11-02' });
  await resume(plain, { resume_week: '2025-12-07' });
  await resume(waived, { resume_week: '2026-02-01', waive_interest: true });
  await resume(unposted, { resume_week: '2026-01-11', waive_interest: true });
  await voidDebit(voided, 1);
  await setStatus(voided, 'ON_HOLD');
  await resume(mixed, { resume_week: '2025-11-23', waive_interest: true });
  app.clock.set('2025-11-26T09:00:00-05:00');
  await finance.post('/loans/installments/post', { loan_id: mixed.loan_id });
  await payOff(paidOff);
  await payOff(mixed);
}

const periods = () =>
  app.db.query(
    `SELECT installment_id, interest_from, interest_to, interest_carried FROM loan_schedules ORDER BY id`,
  );
const accruals = () =>
  app.db.query(
    `SELECT loan_id, interest_accrued_through, waived_interest, start_week, end_week FROM driver_loans ORDER BY id`,
  );
const waivers = () =>
  app.db.query(
    `SELECT loan_id, interest_from, interest_to, amount FROM loan_interest_waivers ORDER BY loan_id, interest_from`,
  );
/** The first and the latest version of each schedule. Release 0.1 did not store the versions in between. */
const versions = () =>
  app.db.query(
    `SELECT DISTINCT ON (loan_id, version = 1) loan_id, version = 1 AS is_first, installments
     FROM loan_schedule_versions ORDER BY loan_id, version = 1, version DESC`,
  );

describe('the upgrade of a database of release 0.1', () => {
  it('computes the same periods, accrual, waivers and schedule versions as the service', async () => {
    await createHistory();
    const readAll = async () => [await periods(), await accruals(), await waivers(), await versions()];
    const recorded = await readAll();
    expect(await waivers()).toHaveLength(3);

    const migration = new RecordAccrual1764300000000();
    const runner = app.db.createQueryRunner();
    // in the order of a real revert, because payoffs refer to the versions
    const payoffs = new Payoffs1764300500000();
    const sealing = new SealMoreTables1764441000000();
    const sealingOfRuns = new SealRunsEventsAndAnswers1764495000000();
    await sealingOfRuns.down(runner);
    await sealing.down(runner);
    await payoffs.down(runner);
    await migration.down(runner);
    // without its audit log entry, the first schedule is computed again
    await runner.query('ALTER TABLE audit_log DISABLE TRIGGER trg_audit_log_kept');
    await runner.query(`DELETE FROM audit_log WHERE id % 2 = 0 AND action = 'loan.create'`);
    await runner.query('ALTER TABLE audit_log ENABLE TRIGGER trg_audit_log_kept');
    await migration.up(runner);
    await payoffs.up(runner);
    await sealing.up(runner);
    await sealingOfRuns.up(runner);
    await runner.release();

    expect(await readAll()).toEqual(recorded);
    const loans = await app.db.query<{ loan_id: string }[]>('SELECT loan_id FROM driver_loans');
    for (const { loan_id } of loans) await expectLoanInvariants(app.db, loan_id);
  });
});
