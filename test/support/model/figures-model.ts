import type { Day } from './calendar.js';
import { dateOf } from './calendar.js';
import type { FleetModel } from './fleet-model.js';
import type { LoanModel, ModelInstallment } from './loan-model.js';
import type { LoanFigures } from '../loan-figures.js';
import type { Cents } from './money.js';
import { dollars, share, sum } from './money.js';

type Figures = Record<string, string | number>;

const lent = ({ status }: LoanModel): boolean => status !== 'CANCELLED';
const isCancelledAfterPosting = ({ status, installments }: LoanModel): boolean =>
  status === 'CANCELLED' && installments.some(({ isAccrued }) => isAccrued);
const count = (loans: readonly LoanModel[], status: string): number =>
  loans.filter((loan) => loan.status === status).length;

/** The figures of docs/figures.md. Every source of a figure must match them. */
export function loanFiguresOf({ loans, today }: FleetModel): LoanFigures {
  const total = (amountOf: (loan: LoanModel) => Cents): string => dollars(sum(loans, amountOf));
  const overdueOf = (loan: LoanModel): Cents => buckets(loan, today)['overdue']!;
  return {
    lent: dollars(sum(loans.filter(lent), ({ amount }) => amount)),
    outstanding: total(({ outstanding }) => outstanding),
    due: total((loan) => sum(loan.posted, (installment) => loan.owedOn(installment))),
    overdue: total(overdueOf),
    collected: total((loan) => loan.total('principalPaid') + loan.total('interestPaid')),
    interestCollected: total((loan) => loan.total('interestPaid')),
    writtenOff: total((loan) => loan.total('principalOff')),
    recovered: total(({ recovered }) => recovered),
    atRisk: dollars(
      sum(
        loans.filter((loan) => overdueOf(loan) > 0),
        ({ outstanding }) => outstanding,
      ),
    ),
  };
}

/** Counts and sums of the whole portfolio, as docs/figures.md defines them, computed from the model. */
export function statisticsOf({ loans }: FleetModel): Figures {
  const total = (amountOf: (loan: LoanModel) => Cents): string => dollars(sum(loans, amountOf));
  return {
    total_loans: loans.length,
    active_loans: count(loans, 'ACTIVE'),
    on_hold_loans: count(loans, 'ON_HOLD'),
    closed_loans: count(loans, 'CLOSED'),
    cancelled_loans: count(loans, 'CANCELLED'),
    cancelled_after_posting_loans: loans.filter(isCancelledAfterPosting).length,
    total_cancelled_after_posting: dollars(
      sum(loans.filter(isCancelledAfterPosting), ({ amount }) => amount),
    ),
    total_amount_disbursed: dollars(sum(loans.filter(lent), ({ amount }) => amount)),
    total_amount_collected: total((loan) => loan.total('principalPaid') + loan.total('interestPaid')),
    total_outstanding: total(({ outstanding }) => outstanding),
    total_written_off: total((loan) => loan.total('principalOff')),
    total_recovered: total(({ recovered }) => recovered),
    total_interest_collected: total((loan) => loan.total('interestPaid')),
  };
}

const BUCKETS: readonly (readonly [name: string, from: number, to: number])[] = [
  ['current', -Infinity, 0],
  ['days_1_7', 1, 7],
  ['days_8_14', 8, 14],
  ['days_15_28', 15, 28],
  ['over_28_days', 29, Infinity],
  ['overdue', 1, Infinity],
];

/** The posted and unpaid amount of the loan by days overdue. */
function buckets(loan: LoanModel, today: Day): Record<string, Cents> {
  const ageOf = ({ week }: ModelInstallment): number => today - week - 6;
  return Object.fromEntries(
    BUCKETS.map(([name, from, to]) => {
      const aged = loan.posted.filter(
        (installment) => ageOf(installment) >= from && ageOf(installment) <= to,
      );
      return [name, sum(aged, (installment) => loan.owedOn(installment))];
    }),
  );
}

const inDollars = (amounts: Record<string, Cents>): Record<string, string> =>
  Object.fromEntries(Object.entries(amounts).map(([name, cents]) => [name, dollars(cents)]));

function daysOverdue(loan: LoanModel, today: Day): number {
  const unpaid = loan.posted.filter((installment) => !loan.isPaid(installment));
  return Math.max(0, ...unpaid.map(({ week }) => today - week - 6));
}

export function agingOf({ loans, today }: FleetModel): {
  items: Figures[];
  totals: Record<string, string>;
  portfolio_at_risk: Record<string, string>;
} {
  const aged = loans.filter((loan) => loan.posted.some((installment) => !loan.isPaid(installment)));
  const amounts = aged.map((loan) => buckets(loan, today));
  const running = loans.filter(({ isRunning }) => isRunning);
  const principal = (days: number): Cents =>
    sum(
      running.filter((loan) => daysOverdue(loan, today) > days),
      ({ outstanding }) => outstanding,
    );
  const outstanding = sum(running, (loan) => loan.outstanding);
  return {
    items: aged.map((loan, index) => ({
      loan_id: loan.id,
      outstanding_balance: dollars(loan.outstanding),
      days_overdue: daysOverdue(loan, today),
      ...inDollars(amounts[index]!),
    })),
    totals: inDollars(
      Object.fromEntries(BUCKETS.map(([name]) => [name, sum(amounts, (amount) => amount[name]!)])),
    ),
    portfolio_at_risk: {
      outstanding_principal: dollars(outstanding),
      principal_overdue: dollars(principal(0)),
      share_overdue: share(principal(0), outstanding),
      principal_over_28_days: dollars(principal(28)),
      share_over_28_days: share(principal(28), outstanding),
    },
  };
}

/** The unpaid amount of ACTIVE and ON_HOLD loans by due week. */
export function forecastOf({ loans, week }: FleetModel, weeks: number): Record<string, unknown> {
  const last = week + 7 * (weeks - 1);
  const owed = loans
    .filter(({ isRunning }) => isRunning)
    .flatMap((loan) => loan.planned.map((installment) => ({ loan, installment })));
  const line = (from: Day, to: Day): Record<string, string> => {
    const due = owed.filter(({ installment }) => installment.week >= from && installment.week <= to);
    const held = due.filter(({ loan }) => loan.status === 'ON_HOLD');
    return {
      principal: dollars(sum(due, ({ loan, installment }) => loan.unpaid(installment).principal)),
      interest: dollars(sum(due, ({ loan, installment }) => loan.unpaid(installment).interest)),
      total: dollars(sum(due, ({ loan, installment }) => loan.owedOn(installment))),
      on_hold: dollars(sum(held, ({ loan, installment }) => loan.owedOn(installment))),
    };
  };
  const sundays = Array.from({ length: weeks }, (_, index) => week + 7 * index);
  return {
    earlier: line(-Infinity, week - 7),
    weeks: sundays.map((sunday) => ({ week_start: dateOf(sunday), ...line(sunday, sunday) })),
    later: line(last + 7, Infinity),
  };
}

/** The collected part of the obligations of the last eight weeks. */
export function collectionsOf({ loans, week }: FleetModel): Record<string, unknown> {
  const posted = loans.flatMap((loan) => loan.posted.map((installment) => ({ loan, installment })));
  const line = (from: Day, to: Day): Figures => {
    const due = posted.filter(({ installment }) => installment.week >= from && installment.week <= to);
    const splits = due.map(({ loan, installment }) => loan.split(installment));
    const principal = sum(splits, ({ principalPaid }) => principalPaid);
    const interest = sum(splits, ({ interestPaid }) => interestPaid);
    return {
      installments: due.length,
      total_due: dollars(sum(due, ({ installment }) => installment.principal + installment.interest)),
      principal_paid: dollars(principal),
      interest_paid: dollars(interest),
      total_paid: dollars(principal + interest),
      written_off: dollars(sum(splits, (split) => split.principalOff + split.interestOff)),
      outstanding: dollars(sum(due, ({ loan, installment }) => loan.owedOn(installment))),
    };
  };
  const sundays = Array.from({ length: 8 }, (_, index) => week - 7 * (7 - index));
  return {
    weeks: sundays.map((sunday) => ({ week_start: dateOf(sunday), ...line(sunday, sunday) })),
    totals: line(week - 49, week),
  };
}

/** The unposted amount of ACTIVE and ON_HOLD loans, and the part that a run would post. */
export function unpostedOf({ loans }: FleetModel): Record<string, Figures> {
  const sums = (of: readonly LoanModel[]): Figures => {
    const unposted = of.flatMap((loan) => loan.unposted);
    return {
      installments: unposted.length,
      principal_amount: dollars(sum(unposted, ({ principal }) => principal)),
      interest_amount: dollars(sum(unposted, ({ interest }) => interest)),
      total_due: dollars(sum(unposted, ({ principal, interest }) => principal + interest)),
    };
  };
  return {
    totals: sums(loans.filter(({ isRunning }) => isRunning)),
    to_post: sums(loans.filter(({ status }) => status === 'ACTIVE')),
  };
}
