import { calendarDate, daysBetween } from '../../src/kernel/calendar/calendar-date.js';
import { Money } from '../../src/kernel/money/money.js';
import { Percentage } from '../../src/kernel/money/percentage.js';
import { allocatePayment } from '../../src/modules/ledger/payments/payment-allocation.js';
import { splitPayment } from '../../src/modules/loans/repayment/installment-payment.js';
import { interestFor } from '../../src/modules/loans/schedule/interest.js';
import { planParts } from '../../src/modules/loans/schedule/loan-schedule.js';
import { principalParts } from '../../src/modules/loans/schedule/repayment-matrix.js';
import vectors from './interest-and-schedules.json' with { type: 'json' };

/**
 * Checks our calculation against numbers that other loan systems assert in their own tests. The JSON file names the source and
 * the commit of each number.
 */

interface PrincipalPlan {
  readonly type: string;
  readonly amount?: string;
  readonly count?: number;
  readonly amounts?: readonly string[];
}

interface Row {
  readonly n: number;
  readonly due_date: string;
  readonly days: number;
  readonly principal: string;
  /** null if the source does not state it */
  readonly interest: string | null;
  /** The principal that is scheduled after this row */
  readonly balance: string;
}

interface Schedule {
  readonly id: string;
  readonly kind: string;
  readonly inputs: {
    readonly disbursed_on: string;
    readonly amount: string;
    readonly annual_rate_pct: string;
    readonly principal_plan: PrincipalPlan;
  };
  readonly expected_rows: readonly Row[];
}

const schedules: readonly Schedule[] = vectors.schedules;
/** The ids of all executed vectors, so that a new vector cannot be forgotten. */
const executed: string[] = [];
let interestsChecked = 0;

/** The principal of each installment in the system of the vector. The last installment gets the remainder. */
function principalsOf({ amount, principal_plan: plan }: Schedule['inputs']): Money[] {
  const loan = Money.of(amount);
  if (plan.type === 'explicit' && plan.amounts) return plan.amounts.map((part) => Money.of(part));
  if (plan.type === 'equal_count' && plan.count !== undefined) {
    const part = Money.rounded(loan.toBig().div(plan.count));
    return withRemainder(loan, part, plan.count);
  }
  if (plan.type === 'fixed_amount' && plan.amount !== undefined) {
    const part = Money.of(plan.amount);
    return plan.count === undefined ? principalParts(loan, part) : withRemainder(loan, part, plan.count);
  }
  throw new Error(`there is no principal plan ${JSON.stringify(plan)}`);
}

function withRemainder(loan: Money, part: Money, count: number): Money[] {
  const others = Array.from({ length: count - 1 }, () => part);
  return [...others, loan.minus(Money.sum(others))];
}

function plan({ inputs, expected_rows }: Schedule) {
  return planParts({
    principals: principalsOf(inputs),
    dueDates: expected_rows.map((row) => calendarDate(row.due_date)),
    accruesFrom: calendarDate(inputs.disbursed_on),
    annualRate: Percentage.of(inputs.annual_rate_pct),
  });
}

/** The rows that we compute, without interest if the vector states no interest. */
function plannedRows(schedule: Schedule): Row[] {
  let balance = Money.of(schedule.inputs.amount);
  return plan(schedule).map((part, index) => {
    balance = balance.minus(part.principal);
    return {
      n: index + 1,
      due_date: part.dueDate,
      days: part.interestBasis.days,
      principal: part.principal.toString(),
      interest: schedule.expected_rows[index]?.interest === null ? null : part.interest.toString(),
      balance: balance.toString(),
    };
  });
}

/** Nothing is paid, so the interest of each period is on the whole loan. The principal stays as planned. */
function unpaidRows(schedule: Schedule): Row[] {
  const { amount, annual_rate_pct } = schedule.inputs;
  return plannedRows(schedule).map((row) => {
    const basis = {
      principal: Money.of(amount),
      annualRate: Percentage.of(annual_rate_pct),
      days: row.days,
    };
    return { ...row, interest: interestFor(basis).toString() };
  });
}

function rowsOf(schedule: Schedule): Row[] {
  if (schedule.kind === 'planned_schedule') return plannedRows(schedule);
  if (schedule.kind === 'actual_outstanding') return unpaidRows(schedule);
  throw new Error(`there is no kind of schedule ${schedule.kind}`);
}

describe('the loan schedule', () => {
  it.each(schedules)('matches golden vector $id', (schedule) => {
    expect(rowsOf(schedule)).toEqual(schedule.expected_rows);
    expect(Money.sum(principalsOf(schedule.inputs)).toString()).toBe(schedule.inputs.amount);
    executed.push(schedule.id);
    interestsChecked += schedule.expected_rows.filter(({ interest }) => interest !== null).length;
  });
});

describe('the interest calculation', () => {
  it.each(vectors.points)('matches golden vector $id', ({ id, inputs, expected }) => {
    const { principal, annual_rate_pct, days, from_date, payoff_date } = inputs;
    const interest = interestFor({
      principal: Money.of(principal),
      annualRate: Percentage.of(annual_rate_pct),
      days: days ?? daysBetween(calendarDate(from_date ?? ''), calendarDate(payoff_date ?? '')),
    });
    const payoff =
      expected.payoff === undefined ? {} : { payoff: Money.of(principal).plus(interest).toString() };
    expect({ interest: interest.toString(), ...payoff }).toEqual(expected);
    executed.push(id);
    interestsChecked += 1;
  });

  it('rounds half a cent up as its golden vectors say', () => {
    const { principal, annual_rate_pct, days, interest_half_up } = vectors.half_cent;
    const basis = { principal: Money.of(principal), annualRate: Percentage.of(annual_rate_pct), days };
    expect(interestFor(basis).toString()).toBe(interest_half_up);
    executed.push('half_cent');
    interestsChecked += 1;
  });
});

describe('the payment allocation', () => {
  it.each(vectors.allocations)('matches golden vector $id', ({ id, inputs, expected }) => {
    const schedule = schedules.find((candidate) => candidate.id === inputs.schedule);
    if (!schedule) throw new Error(`there is no schedule ${inputs.schedule}`);
    const balances = plan(schedule).map((part, index) => ({
      balanceId: `LB-${index + 1}`,
      leaseId: 1,
      category: 'LOANS' as const,
      dueDate: part.dueDate,
      age: BigInt(index + 1),
      outstanding: part.principal.plus(part.interest),
      number: index + 1,
      part,
    }));
    // listed newest first, so that the allocation has to find the order
    const { allocations, unallocated } = allocatePayment({
      credits: [],
      payment: { postingId: 'payment', amount: Money.of(inputs.payment.amount) },
      leaseId: 1,
      targeted: [],
      open: balances.toReversed(),
    });
    const paid = allocations.map(({ balance, amount }) => ({
      n: balance.number,
      ...splitPayment(amount, balance.part),
    }));

    expect(
      paid.map(({ n, interestPaid, principalPaid }) => ({
        n,
        interest: interestPaid.toString(),
        principal: principalPaid.toString(),
      })),
    ).toEqual(expected.installments);
    expect(Money.sum(paid.map(({ interestPaid }) => interestPaid)).toString()).toBe(expected.total_interest);
    expect(Money.sum(paid.map(({ principalPaid }) => principalPaid)).toString()).toBe(
      expected.total_principal,
    );
    expect(paid.find(({ n }) => n === 6)?.outstanding.toString()).toBe(expected.outstanding_installment_6);
    expect(allocations.at(-1)?.outstandingAfter.toString()).toBe(expected.outstanding_installment_6);
    expect(unallocated.isZero()).toBe(true);
    executed.push(id);
  });
});

describe('the golden vector file', () => {
  it('contains only vectors that these tests execute', () => {
    expect(executed).toEqual([
      'V01-equal-principal-12',
      'V03-fixed-principal-with-stub',
      'V05-fixed-principal-balloon-leap-year',
      'V07-daily-365-18-rows-over-leap-february',
      'V13-weekly-holiday-shift-unpaid',
      'P01-payoff-14-days',
      'P03-single-period-1m',
      'half_cent',
      'A01-fifo-interest-then-principal',
    ]);
    const inFile = [...vectors.schedules, ...vectors.points, ...vectors.allocations].map(({ id }) => id);
    expect([...executed].sort()).toEqual([...inFile, 'half_cent'].sort());
    // 61 rows of which eight state no interest, two points and the half cent
    expect(interestsChecked).toBe(61 - 8 + 2 + 1);
  });
});
