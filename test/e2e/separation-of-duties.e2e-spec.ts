import type { WriteOffResponse } from '../../src/modules/loans/servicing/write-off/write-off.response.js';
import type { LoanDetailResponse } from '../../src/modules/loans/overview/loan.response.js';
import type { ApiAnswer, ApiClient } from '../support/api-client.js';
import { aDriverWithLease, aLease, aLoan } from '../support/factories.js';
import { LedgerClient } from '../support/ledger-client.js';
import { expectLoanInvariants } from '../support/ledger-invariants.js';
import { expectProblem } from '../support/problem.js';
import { dumpLedgerTables } from '../support/table-dump.js';
import type { TestApp } from '../support/test-app.js';
import { startTestApp } from '../support/test-app.js';

const SUNDAY = '2025-11-02T08:00:00-05:00';
const SATURDAY = '2025-11-08T23:00:00-05:00';
const SUNDAY_AFTER = '2025-11-09T00:30:00-05:00';

let app: TestApp;
let finance: ApiClient;
let admin: ApiClient;
let ledger: LedgerClient;

beforeAll(async () => {
  app = await startTestApp({ now: SUNDAY });
  [finance, admin] = [app.as('FINANCE'), app.as('ADMIN')];
  ledger = new LedgerClient(app);
});

afterAll(() => app.close());

beforeEach(() => app.clock.set(SUNDAY));

type Answer = ApiAnswer<Record<string, unknown>>;

const currentLoan = async (loanId: string) =>
  (await finance.get<LoanDetailResponse>(`/loans/${loanId}`)).body;

const setStatus = (loanId: string, status: string, by = finance, more: object = {}): Promise<Answer> =>
  by.put(`/loans/${loanId}/status`, { status, reason: 'Agreed', ...more });
const cancel = (loanId: string, by = finance, more: object = {}) => setStatus(loanId, 'CANCELLED', by, more);

const voidPosting = (postingId: string, by = finance, more: object = {}): Promise<Answer> =>
  by.post(`/ledger/postings/${postingId}/void`, { reason: 'Agreed', ...more });

/** The DEBIT of the last posted installment of the loan. */
const lastDebit = async (loanId: string): Promise<string> => {
  const [debit] = await app.db.query<{ posting_id: string }[]>(
    `SELECT posting_id FROM ledger_postings
     WHERE source_type = 'LOAN_INSTALLMENT' AND starts_with(source_id, $1) AND status = 'POSTED'
     ORDER BY id DESC LIMIT 1`,
    [loanId],
  );
  return debit?.posting_id ?? '';
};

const postWeek = (loan_id: string) => finance.post('/loans/installments/post', { loan_id });

/** A loan of five installments of 100.00, the first one posted. */
const aPostedLoan = async (): Promise<LoanDetailResponse> => {
  const { loan_id } = await aLoan(app);
  await postWeek(loan_id);
  return currentLoan(loan_id);
};

/** FINANCE may not do this, not even as a dry run, and nothing changes. ADMIN may. */
async function expectForAdminOnly(send: (by: ApiClient, more?: object) => Promise<Answer>): Promise<void> {
  const before = await dumpLedgerTables(app.db);
  for (const more of [{ dry_run: true }, {}]) {
    const { detail } = expectProblem(await send(finance, more), 403, 'PERMISSION_MISSING');
    expect(detail).toBe('This needs the permission loans:write-off.');
  }
  expect(await dumpLedgerTables(app.db)).toEqual(before);
  expect((await send(admin)).status).toBe(200);
}

const expectCancelForAdminOnly = async (loanId: string): Promise<void> => {
  await expectForAdminOnly((by, more) => cancel(loanId, by, more));
  expect(await currentLoan(loanId)).toMatchObject({ status: 'CANCELLED' });
  await expectLoanInvariants(app.db, loanId);
};

describe('the void of an obligation of a loan', () => {
  it('is allowed to FINANCE until the end of its week', async () => {
    const { loan_id } = await aPostedLoan();
    app.clock.set(SATURDAY);
    expect((await voidPosting(await lastDebit(loan_id))).status).toBe(200);
  });

  it('needs loans:write-off after its week, so that an overdue obligation cannot be voided and its loan put on hold', async () => {
    const { loan_id } = await aPostedLoan();
    app.clock.set(SUNDAY_AFTER);
    const debit = await lastDebit(loan_id);
    await expectForAdminOnly((by, more) => voidPosting(debit, by, more));
    expect((await currentLoan(loan_id)).installments[0]).toMatchObject({ posted_to_ledger: false });
  });

  it('needs loans:write-off after its week, even if the week was posted late', async () => {
    const { loan_id } = await aLoan(app);
    app.clock.set(SUNDAY_AFTER);
    await finance.post('/loans/installments/post', { loan_id, payment_period_start: '2025-11-02' });
    const debit = await app.db.query<[{ posting_id: string }]>(
      'SELECT posting_id FROM ledger_postings WHERE source_id = $1',
      [`${loan_id}-INST-01`],
    );
    await expectForAdminOnly((by, more) => voidPosting(debit[0].posting_id, by, more));
  });

  it('needs loans:write-off after its week for a payoff installment too', async () => {
    const { loan_id } = await aPostedLoan();
    await finance.post(`/loans/${loan_id}/payoff`, {});
    const debit = await lastDebit(loan_id);
    app.clock.set(SUNDAY_AFTER);
    await expectForAdminOnly((by, more) => voidPosting(debit, by, more));
  });

  it('needs loans:write-off after the void of the payment that closed the loan', async () => {
    const loan = await aLoan(app, { loan_amount: '150.00' });
    await postWeek(loan.loan_id);
    const { posting } = await ledger.pay(loan, '150.00');
    app.clock.set(SUNDAY_AFTER);
    expect((await voidPosting(posting.posting_id)).status).toBe(200);
    const debit = await lastDebit(loan.loan_id);
    await expectForAdminOnly((by, more) => voidPosting(debit, by, more));
  });

  it('is allowed to FINANCE at any time for a manually recorded obligation', async () => {
    const { driver, lease } = await aDriverWithLease(app);
    const { posting_id } = await ledger.owe({ driver_id: driver.id, lease_id: lease.id });
    app.clock.advanceDays(60);
    expect((await voidPosting(posting_id)).status).toBe(200);
  });
});

describe('the void of a write-off', () => {
  it('needs loans:write-off, immediately and later', async () => {
    for (const days of [0, 30]) {
      const { loan_id } = await aPostedLoan();
      const writeOff = await admin.post<WriteOffResponse>(`/loans/${loan_id}/write-off`, { reason: 'Gone' });
      app.clock.advanceDays(days);
      await expectForAdminOnly((by, more) => voidPosting(writeOff.body.posting_id, by, more));
      expect(await currentLoan(loan_id)).toMatchObject({ status: 'ON_HOLD', written_off: '0.00' });
    }
  });

  it('needs loans:write-off after the void of an earlier payment', async () => {
    const loan = await aPostedLoan();
    const { posting } = await ledger.pay(loan, '40.00');
    const writeOff = await admin.post<WriteOffResponse>(`/loans/${loan.loan_id}/write-off`, {
      reason: 'Gone',
    });
    expect((await voidPosting(posting.posting_id)).status).toBe(200);
    await expectForAdminOnly((by, more) => voidPosting(writeOff.body.posting_id, by, more));
  });
});

describe('the cancellation of a loan', () => {
  it('is allowed to FINANCE in its first week if nothing was ever posted', async () => {
    for (const before of [[], ['ON_HOLD']]) {
      const { loan_id } = await aLoan(app);
      for (const status of before) await setStatus(loan_id, status);
      app.clock.set(SATURDAY);
      expect((await cancel(loan_id)).body).toMatchObject({ status: 'CANCELLED' });
      app.clock.set(SUNDAY);
    }
  });

  it('needs loans:write-off after the void of its posting, active or on hold', async () => {
    for (const status of ['ACTIVE', 'ON_HOLD']) {
      const { loan_id } = await aPostedLoan();
      expect((await voidPosting(await lastDebit(loan_id))).status).toBe(200);
      if (status === 'ON_HOLD') await setStatus(loan_id, status);
      expect(await currentLoan(loan_id)).toMatchObject({ status, outstanding_balance: '500.00' });
      await expectCancelForAdminOnly(loan_id);
    }
  });

  it('needs loans:write-off after the void of its payoff', async () => {
    const { loan_id } = await aLoan(app);
    await finance.post(`/loans/${loan_id}/payoff`, {});
    expect((await voidPosting(await lastDebit(loan_id))).status).toBe(200);
    await expectCancelForAdminOnly(loan_id);
  });

  it('needs loans:write-off after the void of the payment that closed it and of its obligation', async () => {
    const loan = await aLoan(app, { loan_amount: '150.00' });
    await postWeek(loan.loan_id);
    const { posting } = await ledger.pay(loan, '150.00');
    for (const postingId of [posting.posting_id, await lastDebit(loan.loan_id)]) {
      expect((await voidPosting(postingId)).status).toBe(200);
    }
    await expectCancelForAdminOnly(loan.loan_id);
  });

  it('needs loans:write-off for an imported loan with a voided posting', async () => {
    const { driver, lease } = await aDriverWithLease(app);
    const row = `SOD-1,${driver.tlc_license_number},${lease.lease_number},500.00,2025-11-02`;
    const header = 'reference,tlc_license_number,lease_number,loan_amount,start_week';
    await finance.post('/loans/import', `${header}\n${row}\n`);
    const { body } = await finance.get<{ items: [LoanDetailResponse] }>(`/loans?driver_id=${driver.id}`);
    const [{ loan_id }] = body.items;
    await postWeek(loan_id);
    expect((await voidPosting(await lastDebit(loan_id))).status).toBe(200);
    await expectCancelForAdminOnly(loan_id);
  });

  it('needs loans:write-off after its first week, even if it was always on hold', async () => {
    const { loan_id } = await aLoan(app);
    await setStatus(loan_id, 'ON_HOLD');
    app.clock.set(SUNDAY_AFTER);
    await expectCancelForAdminOnly(loan_id);
  });

  it('needs loans:write-off after its first week, even if a resume moved that week', async () => {
    const { loan_id } = await aLoan(app);
    await setStatus(loan_id, 'ON_HOLD');
    app.clock.set(SUNDAY_AFTER);
    await setStatus(loan_id, 'ACTIVE', finance, { resume_week: '2026-06-07' });
    await expectCancelForAdminOnly(loan_id);
  });

  it('is denied to ADMIN too while an installment is posted', async () => {
    const { loan_id } = await aPostedLoan();
    for (const by of [finance, admin]) {
      expectProblem(await cancel(loan_id, by), 409, 'LOAN_HAS_POSTED_INSTALLMENTS');
    }
  });
});

describe('the cancellation of a draft loan', () => {
  it('is allowed to FINANCE at any time, because nothing is lent yet', async () => {
    const strict = await startTestApp({ now: SUNDAY, env: { LOAN_APPROVAL_REQUIRED: 'true' } });
    try {
      const lease = await aLease(strict);
      const { loan_id } = await aLoan(strict, { driver_id: lease.driver_id, lease_id: lease.id });
      strict.clock.set(SUNDAY_AFTER);
      const body = { status: 'CANCELLED', reason: 'Not needed' };
      expect((await strict.as('FINANCE').put(`/loans/${loan_id}/status`, body)).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});
