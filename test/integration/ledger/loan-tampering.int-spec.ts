import { restoreTables, tamper } from '../../support/tampering.js';
import type { TestApp } from '../../support/test-app.js';
import { VerifiedLedger } from '../../support/verified-ledger.js';

let verified: VerifiedLedger;
let app: TestApp;
let loanId: string;

beforeAll(async () => {
  verified = await VerifiedLedger.create();
  app = verified.app;
  loanId = verified.loanId;
});

afterEach(() => restoreTables(app.db));

afterAll(() => app.close());

const verify = (head?: string) => verified.verify(head);
const differences = () => verified.differences();

describe('the verification of loan rows', () => {
  it('finds an edited total of a loan', async () => {
    await tamper(app.db, `UPDATE driver_loans SET total_principal_paid = 130, outstanding_balance = 370`);
    const { differences: found } = await verify();
    expect(found).toEqual([
      {
        kind: 'LOAN',
        id: loanId,
        message: 'its totals differ from those of its installments',
        expected: '30.00, 0.00, 0.00, 470.00',
        actual: '130.00, 0.00, 0.00, 370.00',
      },
    ]);
  });

  it('finds a loan that is closed before it is paid', async () => {
    await tamper(app.db, `UPDATE driver_loans SET status = 'CLOSED', closed_on = now()`);
    expect(await differences()).toEqual([
      `LOAN ${loanId} its status does not match its installments`,
      `LOAN ${loanId} its status differs from its last status change`,
    ]);
  });

  it('finds interest that does not match its basis and the rate of the loan', async () => {
    await tamper(app.db, `UPDATE driver_loans SET interest_rate = 10`);
    expect(await differences()).toEqual(
      [1, 2, 3, 4, 5].map(
        (number) => `INSTALLMENT ${loanId}-INST-0${number} its interest does not match its interest basis`,
      ),
    );
  });

  it.each([
    ['end_week = end_week + 7', 'its weeks differ from those of its installments'],
    ['start_week = start_week - 7', 'its weeks differ from those of its installments'],
    ['interest_accrued_through = loan_date', 'its accrual date does not match its postings and waivers'],
    ['waived_interest = 5', 'its waived interest is not the sum of its waivers'],
  ])('finds a loan after SET %s', async (change, message) => {
    await tamper(app.db, `UPDATE driver_loans SET ${change}`);
    expect(await differences()).toEqual([`LOAN ${loanId} ${message}`]);
  });

  it('finds interest that is charged twice for the same days', async () => {
    await tamper(
      app.db,
      'UPDATE loan_schedules SET interest_from = interest_from - 1 WHERE installment_number = 2',
    );
    expect(await differences()).toEqual([
      `LOAN ${loanId} two of its installments charge interest for the same days`,
    ]);
  });

  it('finds an installment that was deleted before it was posted', async () => {
    await tamper(app.db, `DELETE FROM loan_schedules WHERE installment_number = 5`);
    expect(await differences()).toEqual([
      `LOAN ${loanId} the principal of its installments is not the loan amount`,
      `LOAN ${loanId} its weeks differ from those of its installments`,
    ]);
  });

  it('finds a posted balance whose installment was deleted', async () => {
    await tamper(app.db, `DELETE FROM loan_schedules WHERE installment_number = 1`);
    expect(await differences()).toEqual([
      'POSTING LP-2025-000001 is the obligation of an installment that does not exist',
      `LOAN ${loanId} its totals differ from those of its installments`,
      `LOAN ${loanId} the principal of its installments is not the loan amount`,
      `LOAN ${loanId} its weeks differ from those of its installments`,
      `LOAN ${loanId} its accrual date does not match its postings and waivers`,
    ]);
  });

  it('finds an installment with a wrong posted flag', async () => {
    await tamper(
      app.db,
      `UPDATE loan_schedules SET posted_to_ledger = false, posted_on = NULL, ledger_balance_id = NULL,
         principal_paid = 0, outstanding_balance = total_due, status = 'SCHEDULED' WHERE installment_number = 1`,
      `UPDATE loan_schedules SET posted_to_ledger = true, posted_on = now(), ledger_balance_id = 'LB-2025-000003',
         status = 'POSTED' WHERE installment_number = 2`,
    );
    const debit =
      'a posted installment must have one active DEBIT of its amount, any other must have no DEBIT';
    expect(await differences()).toEqual([
      `INSTALLMENT ${loanId}-INST-01 ${debit}`,
      `INSTALLMENT ${loanId}-INST-02 ${debit}`,
      `INSTALLMENT ${loanId}-INST-02 its ledger balance belongs to another obligation`,
      `LOAN ${loanId} its totals differ from those of its installments`,
      `LOAN ${loanId} its accrual date does not match its postings and waivers`,
    ]);
  });
});
