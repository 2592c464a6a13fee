import { LedgerVerificationService } from '../../../src/modules/ledger/index.js';
import { weekOf } from '../../../src/kernel/calendar/payment-week.js';
import { calendarDate } from '../../../src/kernel/calendar/calendar-date.js';
import { VerificationQuery } from '../../../src/modules/ledger/integrity/verification.query.js';
import { InstallmentPostingService } from '../../../src/modules/loans/index.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { aLoan } from '../../support/factories.js';
import { seedDueInstallments } from '../../support/seed-due-installments.js';
import { postInBatchesOf } from '../../support/posting-batches.js';
import { startTestApp } from '../../support/test-app.js';
import type { TestApp } from '../../support/test-app.js';
import { LedgerClient } from '../../support/ledger-client.js';

const WEEK = '2025-11-02';

let app: TestApp;
let ledger: LedgerClient;

beforeEach(async () => {
  app = await startTestApp({ now: '2025-11-03T09:00:00-05:00' });
  ledger = new LedgerClient(app);
});

afterEach(() => app.close());

const verify = () => app.get(LedgerVerificationService).verify();

describe('the ledger verification', () => {
  it('passes on an empty ledger without a chain', async () => {
    expect(await verify()).toEqual({
      ok: true,
      checked: expect.objectContaining({
        ...{ postings: 0, balances: 0, allocations: 0, installments: 0, loans: 0, seals: 0, links: 0 },
      }) as object,
      differences_total: 0,
      differences: [],
      chain_head: null,
    });
  });

  it('reads large tables in batches and reports its progress', async () => {
    await seedDueInstallments(app.db, { loans: 25_000, installments: 1, startWeek: WEEK });
    await app
      .get(InstallmentPostingService)
      .postScheduled(weekOf(calendarDate(WEEK)), new AbortController().signal);
    const progress: string[] = [];
    const answer = await app.get(LedgerVerificationService).verify({
      progress: (records, checked) => progress.push(`${records} ${checked}`),
    });
    expect(answer).toMatchObject({
      ok: true,
      checked: { postings: 25_000, balances: 25_000, installments: 25_000, loans: 25_000 },
    });
    expect(progress.filter((line) => line.startsWith('ledger_balances'))).toEqual([
      'ledger_balances 20000',
      'ledger_balances 25000',
    ]);
  }, 180_000);

  it('shows the first thousand differences and counts all of them', async () => {
    await seedDueInstallments(app.db, { loans: 1_100, installments: 1, startWeek: WEEK });
    await app.db.query(
      `UPDATE driver_loans SET loan_amount = loan_amount + 1, outstanding_balance = loan_amount + 1`,
    );
    const answer = await verify();
    expect(answer).toMatchObject({ ok: false, differences_total: 2_200 });
    expect(answer.differences).toHaveLength(1_000);
  });

  it('reports no difference while payments, obligations and a posting run', async () => {
    const loans = await Promise.all([aLoan(app), aLoan(app), aLoan(app)]);
    await seedDueInstallments(app.db, { loans: 300, installments: 1, startWeek: WEEK });
    postInBatchesOf(app, 20);
    let isWriting = true;
    let verified = 0;
    let paid = 0;
    const writing = Promise.all([
      app.as('FINANCE').post('/loans/installments/post', {}),
      ...loans.map(async (loan) => {
        // until two verifications have run beside payments, however fast the machine is
        for (let number = 0; number < 12 || verified < 2; number += 1, paid += 1)
          await ledger.pay(loan, '10.00');
      }),
    ]).finally(() => (isWriting = false));
    while (isWriting) {
      expect(await verify()).toMatchObject({ ok: true, differences: [] });
      verified += 1;
    }
    await writing;
    expect(paid).toBeGreaterThanOrEqual(36);
    expect(await verify()).toMatchObject({ ok: true, checked: { postings: 303 + paid } });
  });

  it('ignores a payment that is committed while it runs', async () => {
    const loan = await aLoan(app);
    await app.as('FINANCE').post('/loans/installments/post', {});
    const query = app.get(VerificationQuery);
    const check = query.check.bind(query);
    let isPaid = false;
    jest.spyOn(query, 'check').mockImplementation(async (...asked) => {
      await check(...asked);
      if (!isPaid) await ledger.pay(loan, '10.00');
      isPaid = true;
    });
    expect(await verify()).toMatchObject({ ok: true, checked: { postings: 1, allocations: 0 } });
    expect(await verify()).toMatchObject({ ok: true, checked: { postings: 2, allocations: 1 } });
  });

  it('runs in a read-only transaction', async () => {
    const writing = app
      .get(Transactions)
      .readSnapshot((snapshot) => snapshot.query("UPDATE drivers SET phone = '1'"));
    await expect(writing).rejects.toThrow(/read-only transaction/);
  });
});
