import type { BorrowerRef } from '../borrower-ref.js';
import type { Day } from './calendar.js';
import { sundayOf } from './calendar.js';
import type { LedgerModel, ModelCredit, ModelDebt } from './ledger-model.js';
import type { Cents } from './money.js';
import { interestOn, sum } from './money.js';

export interface ModelInstallment {
  readonly id: string;
  readonly number: number;
  readonly principal: Cents;
  /** Sunday; due six days later */
  week: Day;
  interest: Cents;
  from: Day;
  to: Day;
  status: 'SCHEDULED' | 'POSTED' | 'SKIPPED';
  /** True if it was ever posted: its interest stays accrued even if its DEBIT is voided */
  isAccrued: boolean;
  /** True if a write-off skipped it and wrote off its principal */
  isGivenUp: boolean;
  debt: ModelDebt | null;
}

export interface LoanTerms {
  readonly id: string;
  readonly borrower: BorrowerRef;
  readonly amount: Cents;
  /** Hundredths of a percent a year */
  readonly rate: number;
  readonly lentOn: Day;
  readonly startWeek: Day;
}

/** The collected, written-off and unpaid amounts of an installment or a loan. */
export interface Split {
  readonly interestPaid: Cents;
  readonly principalPaid: Cents;
  readonly interestOff: Cents;
  readonly principalOff: Cents;
}

/** What a payoff replaced and created, so that it can be undone. */
export interface PayoffRecord {
  readonly installment: ModelInstallment;
  readonly replaced: readonly ModelInstallment[];
  readonly status: LoanStatus;
  readonly accruedThrough: Day;
  payment: ModelCredit | null;
}

export type LoanStatus = 'ACTIVE' | 'ON_HOLD' | 'CLOSED' | 'CANCELLED';

const dueOf = ({ week }: Pick<ModelInstallment, 'week'>): Day => week + 6;

/** The repayment matrix. */
function weeklyPrincipal(amount: Cents): Cents {
  if (amount <= 200_00) return amount;
  if (amount <= 500_00) return 100_00;
  if (amount <= 1_000_00) return 200_00;
  return amount <= 3_000_00 ? 250_00 : 300_00;
}

/** A loan: its schedule, its accrual date, and the amounts from its balances in the ledger. */
export class LoanModel {
  readonly id: string;
  readonly borrower: BorrowerRef;
  readonly amount: Cents;
  readonly rate: number;
  readonly lentOn: Day;
  readonly installments: ModelInstallment[] = [];
  status: LoanStatus = 'ACTIVE';
  accruedThrough: Day;
  waived: Cents = 0;
  writeOff: ModelCredit | null = null;
  readonly recoveries: ModelCredit[] = [];
  /** The payoff that created the current schedule, if any */
  payoff: PayoffRecord | null = null;
  private weeks: { start: Day; end: Day };

  constructor(
    terms: LoanTerms,
    private readonly ledger: LedgerModel,
  ) {
    ({
      id: this.id,
      borrower: this.borrower,
      amount: this.amount,
      rate: this.rate,
      lentOn: this.lentOn,
    } = terms);
    this.accruedThrough = terms.lentOn;
    const weekly = weeklyPrincipal(terms.amount);
    for (let left = terms.amount; left > 0; left -= weekly) this.append(Math.min(weekly, left));
    this.plan(this.installments, terms.startWeek);
    this.weeks = { start: terms.startWeek, end: this.installments.at(-1)!.week + 6 };
  }

  get isRunning(): boolean {
    return this.status === 'ACTIVE' || this.status === 'ON_HOLD';
  }

  get unposted(): ModelInstallment[] {
    return this.installments.filter(({ status }) => status === 'SCHEDULED');
  }

  get posted(): ModelInstallment[] {
    return this.installments.filter(({ status }) => status === 'POSTED');
  }

  get planned(): ModelInstallment[] {
    return this.installments.filter(({ status }) => status !== 'SKIPPED');
  }

  /** The weeks of the first and the last installment that is not skipped. If all are skipped, the previous weeks. */
  get period(): { start: Day; end: Day } {
    const weeks = this.planned.map(({ week }) => week);
    if (weeks.length > 0) this.weeks = { start: Math.min(...weeks), end: Math.max(...weeks) + 6 };
    return this.weeks;
  }

  /** Interest first, then principal. Written-off amounts come after collected amounts. */
  split({ debt, interest, principal, isGivenUp }: ModelInstallment): Split {
    const all = debt ? this.ledger.applied(debt) : 0;
    const collected = debt ? all - this.ledger.applied(debt, 'WRITE_OFF') : 0;
    const [interestPaid, interestSettled] = [Math.min(collected, interest), Math.min(all, interest)];
    const principalOff = all - interestSettled - (collected - interestPaid);
    return {
      interestPaid,
      principalPaid: collected - interestPaid,
      interestOff: interestSettled - interestPaid,
      principalOff: isGivenUp ? principal : principalOff,
    };
  }

  total(part: keyof Split): Cents {
    return sum(this.installments, (installment) => this.split(installment)[part]);
  }

  /** Unpaid principal of the loan. */
  get outstanding(): Cents {
    if (this.status === 'CANCELLED') return 0;
    return this.amount - this.total('principalPaid') - this.total('principalOff');
  }

  /** The unpaid interest and principal of the installment. */
  unpaid(installment: ModelInstallment): { interest: Cents; principal: Cents } {
    if (installment.status === 'SKIPPED') return { interest: 0, principal: 0 };
    const paid = this.split(installment);
    return {
      interest: installment.interest - paid.interestPaid - paid.interestOff,
      principal: installment.principal - paid.principalPaid - paid.principalOff,
    };
  }

  /** The written-off interest and principal that is not recovered. */
  get leftToRecover(): Cents {
    return this.total('interestOff') + this.total('principalOff') - this.recovered;
  }

  get recovered(): Cents {
    return sum(this.recoveries, ({ voidedOn, cents }) => (voidedOn === null ? cents : 0));
  }

  owedOn(installment: ModelInstallment): Cents {
    const { interest, principal } = this.unpaid(installment);
    return interest + principal;
  }

  isPaid(installment: ModelInstallment): boolean {
    return installment.status === 'POSTED' && this.owedOn(installment) === 0;
  }

  post(installment: ModelInstallment, debt: ModelDebt): void {
    Object.assign(installment, { status: 'POSTED', isAccrued: true, debt });
    this.accruedThrough = Math.max(this.accruedThrough, installment.to);
  }

  /** Called when its DEBIT is voided: it will be posted again with its own period and interest. */
  unpost(installment: ModelInstallment): void {
    Object.assign(installment, { status: 'SCHEDULED', debt: null });
  }

  /** The default resume week: no installment moves before its own week. */
  defaultResumeWeek(today: Day): Day {
    const own = this.unposted.map(({ week }, index) => week - 7 * index);
    return Math.max(sundayOf(today) + 7, ...own);
  }

  /** Moves the unposted installments to consecutive weeks. */
  resume(week: Day, waive: boolean): void {
    this.status = 'ACTIVE';
    const { unposted } = this;
    if (unposted.length === 0) return;
    this.payoff = null;
    this.plan(unposted, week);
    const first = unposted.find(({ isAccrued }) => !isAccrued);
    const waivedThrough = first ? dueOf(first) - 7 : 0;
    if (!first || !waive || waivedThrough <= this.accruedThrough) return;
    const full = first.interest;
    this.accruedThrough = waivedThrough;
    this.plan(unposted, week);
    this.waived += full - first.interest;
  }

  /** The remaining cost of the loan if it resumes in this week without a waiver. */
  costFrom(week: Day): Cents {
    const { unposted } = this;
    const planned = this.periodsFrom(unposted, week).reduce((total, each) => total + (each.interest ?? 0), 0);
    const kept = sum(unposted, ({ isAccrued, interest }) => (isAccrued ? interest : 0));
    const principal = sum(unposted, (installment) => installment.principal);
    return sum(this.posted, (installment) => this.owedOn(installment)) + principal + planned + kept;
  }

  /** Replaces all unposted installments by one with the interest of the quote and its own period. */
  payOff(
    week: Day,
    { interest, from, to }: Pick<ModelInstallment, 'interest' | 'from' | 'to'>,
  ): ModelInstallment {
    const replaced = this.unposted;
    const before = { status: this.status, accruedThrough: this.accruedThrough, payment: null };
    this.skipUnposted(false);
    const installment = this.append(sum(replaced, ({ principal }) => principal));
    Object.assign(installment, { week, interest, from, to });
    this.status = 'ACTIVE';
    this.payoff = { installment, replaced, ...before };
    return installment;
  }

  /** Its payment and its DEBIT must be voided before. */
  undoPayoff({ installment, replaced, status, accruedThrough }: PayoffRecord): void {
    installment.status = 'SKIPPED';
    for (const each of replaced) each.status = 'SCHEDULED';
    Object.assign(this, { status, accruedThrough, payoff: null });
  }

  skipUnposted(isGivenUp: boolean): void {
    for (const installment of this.unposted) Object.assign(installment, { status: 'SKIPPED', isGivenUp });
  }

  /** Closes the loan when everything is settled, and reopens it otherwise. */
  follow(): void {
    if (this.writeOff?.voidedOn !== null) {
      for (const given of this.installments.filter(({ isGivenUp }) => isGivenUp)) {
        Object.assign(given, { status: 'SCHEDULED', isGivenUp: false });
      }
    }
    const isSettled = this.installments.every((each) => each.status === 'SKIPPED' || this.isPaid(each));
    if (this.isRunning && isSettled) this.status = 'CLOSED';
    else if (this.status === 'CLOSED' && !isSettled)
      this.status = this.unposted.length > 0 ? 'ON_HOLD' : 'ACTIVE';
  }

  /** A new installment without a week. */
  append(principal: Cents): ModelInstallment {
    const number = this.installments.length + 1;
    const installment: ModelInstallment = {
      id: `${this.id}-INST-${String(number).padStart(2, '0')}`,
      number,
      principal,
      ...{ week: 0, interest: 0, from: 0, to: 0, status: 'SCHEDULED', isAccrued: false, isGivenUp: false },
      debt: null,
    };
    this.installments.push(installment);
    return installment;
  }

  private plan(installments: readonly ModelInstallment[], firstWeek: Day): void {
    const periods = this.periodsFrom(installments, firstWeek);
    installments.forEach((installment, index) => Object.assign(installment, periods[index]));
  }

  /**
   * Plans consecutive weeks from the given one. Interest accrues from the previous due date, for the first one from the
   * accrual date, so that no day counts twice. Accrued installments keep their period and interest.
   */
  private periodsFrom(
    installments: readonly ModelInstallment[],
    firstWeek: Day,
  ): { week: Day; from?: Day; to?: Day; interest?: Cents }[] {
    let from = this.accruedThrough;
    let base = sum(installments, ({ principal, isAccrued }) => (isAccrued ? 0 : principal));
    return installments.map(({ principal, isAccrued }, index) => {
      const week = firstWeek + 7 * index;
      if (isAccrued) return { week };
      const period = { week, from, to: Math.max(from, week + 6) };
      const interest = interestOn(base, this.rate, period.to - from);
      [from, base] = [period.to, base - principal];
      return { ...period, interest };
    });
  }
}
