import type { BorrowerRef } from '../borrower-ref.js';
import type { Day } from './calendar.js';
import { sundayOf } from './calendar.js';
import { LedgerModel } from './ledger-model.js';
import type { ModelCredit, ModelDebt } from './ledger-model.js';
import type { LoanTerms, ModelInstallment } from './loan-model.js';
import { LoanModel } from './loan-model.js';
import type { Cents } from './money.js';
import { interestOn, sum } from './money.js';

/** An installment that is about to be posted, and its loan. */
export interface DueInstallment {
  readonly loan: LoanModel;
  readonly installment: ModelInstallment;
}

export interface PayoffQuote {
  /** Posted, unpaid and not disputed */
  readonly unpaid: Cents;
  readonly disputed: Cents;
  /** The interest of the unposted installments, and the period of the accruing part */
  readonly interest: Cents;
  readonly from: Day;
  readonly to: Day;
  readonly creditUsed: Cents;
  /** The amount to pay: without disputed balances and after the credit */
  readonly total: Cents;
}

/** Loans, ledger and calendar together. The service must match it after every operation. */
export class FleetModel {
  readonly ledger: LedgerModel;
  readonly loans: LoanModel[] = [];
  /** The weeks whose scheduled run is done */
  private readonly scheduled = new Set<Day>();

  constructor(
    readonly borrowers: readonly BorrowerRef[],
    today: Day,
  ) {
    this.ledger = new LedgerModel(today);
  }

  get today(): Day {
    return this.ledger.today;
  }

  wait(days: number): void {
    this.ledger.today += days;
  }

  get week(): Day {
    return sundayOf(this.today);
  }

  get drivers(): number[] {
    return [...new Set(this.borrowers.map(({ driver_id }) => driver_id))];
  }

  lend(terms: Omit<LoanTerms, 'lentOn'>): LoanModel {
    const loan = new LoanModel({ ...terms, lentOn: this.today }, this.ledger);
    this.loans.push(loan);
    return loan;
  }

  /** The installments that a run over these weeks posts, for one loan or for all. */
  due(first: Day, last: Day, only?: LoanModel): DueInstallment[] {
    return this.loans
      .filter((loan) => loan.status === 'ACTIVE' && (only ?? loan) === loan)
      .flatMap((loan) => loan.unposted.map((installment) => ({ loan, installment })))
      .filter(({ installment }) => installment.week >= first && installment.week <= last);
  }

  /** The installments that the scheduled run of the current week posts. Empty if the run is done. */
  dueAsScheduled(): DueInstallment[] {
    if (this.scheduled.has(this.week)) return [];
    this.scheduled.add(this.week);
    return this.due(-Infinity, this.week);
  }

  /** The installments that are posted when a loan becomes ACTIVE: the current week, if its run is done. */
  dueAtOnce(loan: LoanModel): DueInstallment[] {
    return this.scheduled.has(this.week) ? this.due(this.week, this.week, loan) : [];
  }

  /** Posts all installments before credits are applied. */
  post(posted: readonly (DueInstallment & { readonly id: string; readonly postingId: string })[]): void {
    for (const { loan, installment, id, postingId } of posted) {
      const amount = installment.principal + installment.interest;
      const debt = { id, postingId, borrower: loan.borrower, category: 'LOANS', due: installment.week + 6 };
      loan.post(installment, this.ledger.owe({ ...debt, cents: amount }));
    }
    this.settle();
  }

  /** Runs after every operation: credits pay what they can, and each loan follows its balances. */
  settle(): void {
    for (const driver of this.drivers) this.ledger.applyCredits(driver);
    for (const loan of this.loans) loan.follow();
  }

  installmentOf(debt: ModelDebt): DueInstallment | undefined {
    return this.loans
      .flatMap((loan) => loan.installments.map((installment) => ({ loan, installment })))
      .find(({ installment }) => installment.debt === debt);
  }

  voidDebt(debt: ModelDebt): void {
    this.ledger.void(debt);
    const behind = this.installmentOf(debt);
    behind?.loan.unpost(behind.installment);
    this.settle();
  }

  voidCredit(credit: ModelCredit): void {
    this.ledger.void(credit);
    this.settle();
  }

  writeOff(loan: LoanModel, id: string): void {
    const open = loan.posted.flatMap(({ debt }) => (debt && this.ledger.owed(debt) > 0 ? [debt] : []));
    const parts = open.map((debt) => [debt, this.ledger.owed(debt)] as const);
    loan.skipUnposted(true);
    const credit = { id, kind: 'WRITE_OFF' as const, borrower: loan.borrower, week: this.week };
    loan.writeOff = this.ledger.pay({ ...credit, cents: sum(parts, ([, cents]) => cents) }, parts);
    this.settle();
  }

  /** The amount that settles the loan on this day, which is today or later. */
  quote(loan: LoanModel, day: Day): PayoffQuote {
    const { unposted } = loan;
    const begun = unposted.filter(
      ({ isAccrued, week }) => isAccrued || (loan.status === 'ACTIVE' && week <= day),
    );
    const rest = unposted.filter((installment) => !begun.includes(installment));
    const from = Math.max(loan.accruedThrough, ...begun.map(({ to }) => to));
    const to = Math.max(from, day);
    const accruing = interestOn(
      sum(rest, ({ principal }) => principal),
      loan.rate,
      to - from,
    );
    const interest = accruing + sum(begun, (installment) => installment.interest);
    const principal = sum(unposted, (installment) => installment.principal);
    const isDisputed = ({ debt }: ModelInstallment): boolean => this.ledger.statusOf(debt!) === 'DISPUTED';
    const unpaid = sum(loan.posted, (installment) =>
      isDisputed(installment) ? 0 : loan.owedOn(installment),
    );
    const disputed = sum(loan.posted, (installment) =>
      isDisputed(installment) ? loan.owedOn(installment) : 0,
    );
    const owed = unpaid + principal + interest;
    const creditUsed = Math.min(owed, this.ledger.leftOver(loan.borrower.driver_id));
    return { unpaid, disputed, interest, from, to, creditUsed, total: owed - creditUsed };
  }
}
