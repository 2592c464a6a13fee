import fc from 'fast-check';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { addDays, calendarDate, daysBetween } from '../../../kernel/calendar/calendar-date.js';
import { isSunday, weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { interestFor } from './interest.js';
import type { LoanPlan, PlannedInstallment } from './loan-schedule.js';
import { planLoan } from './loan-schedule.js';

const SUNDAY = calendarDate('2025-11-02');

const plan = (amount: string, annualRate: string, loanDate: string, startWeek: string): LoanPlan =>
  planLoan({
    amount: Money.of(amount),
    annualRate: Percentage.of(annualRate),
    loanDate: calendarDate(loanDate),
    startWeek: calendarDate(startWeek),
  });

const sumOf = (installments: readonly PlannedInstallment[], part: 'principal' | 'interest' | 'totalDue') =>
  Money.sum(installments.map((installment) => installment[part])).toString();

const fixed = (hundredths: number): string => (hundredths / 100).toFixed(2);
const upTo = (maxCents: number) =>
  fc.integer({ min: 1, max: maxCents }).map((cents) => Money.of(fixed(cents)));
/** Mostly loans that are repaid within months, because longer ones take long to check and show little more. */
const anyAmount = fc.oneof(
  { weight: 9, arbitrary: upTo(400_000) },
  { weight: 1, arbitrary: upTo(5_000_000) },
);
const anyRate = fc.integer({ min: 0, max: 2000 }).map((hundredths) => Percentage.of(fixed(hundredths)));
/** Any valid loan. Its first week begins up to 52 weeks after the week of the loan date. */
const anyTerms = fc
  .record({ amount: anyAmount, annualRate: anyRate, day: fc.nat(2000), weeksAhead: fc.nat(52) })
  .map(({ amount, annualRate, day, weeksAhead }) => {
    const loanDate = addDays(SUNDAY, day);
    return { amount, annualRate, loanDate, startWeek: weeksAfter(weekOf(loanDate), weeksAhead).start };
  });

describe('the schedule of 1,500.00 at 10 %, lent on 2025-10-29, from the week of 2025-11-02', () => {
  const example = plan('1500.00', '10.00', '2025-10-29', '2025-11-02');

  it.each([
    [1, '2025-11-02', '2025-11-08', '1500.00', 10, '250.00', '4.11', '254.11'],
    [2, '2025-11-09', '2025-11-15', '1250.00', 7, '250.00', '2.40', '252.40'],
    [3, '2025-11-16', '2025-11-22', '1000.00', 7, '250.00', '1.92', '251.92'],
    [4, '2025-11-23', '2025-11-29', '750.00', 7, '250.00', '1.44', '251.44'],
    [5, '2025-11-30', '2025-12-06', '500.00', 7, '250.00', '0.96', '250.96'],
    [6, '2025-12-07', '2025-12-13', '250.00', 7, '250.00', '0.48', '250.48'],
  ])(
    'has installment %i in the week of %s, due on %s: %s for %i days, principal %s, interest %s, total %s',
    (number, sunday, saturday, base, days, principal, interest, totalDue) => {
      const installment = example.installments[number - 1];
      expect(JSON.parse(JSON.stringify(installment))).toEqual({
        number,
        week: { start: sunday, end: saturday },
        dueDate: saturday,
        principal,
        interest,
        totalDue,
        interestBasis: {
          principal: base,
          annualRate: '10.00',
          from: addDays(calendarDate(saturday), -days),
          to: saturday,
          days,
        },
        interestCarried: '0.00',
      });
    },
  );

  it('has six installments and totals that are exact to the cent', () => {
    expect(example.installments).toHaveLength(6);
    expect(example.weeklyPrincipal.toString()).toBe('250.00');
    expect(example.totalInterest.toString()).toBe('11.31');
    expect(example.totalPayable.toString()).toBe('1511.31');
    expect(example.endWeek).toBe('2025-12-13');
  });
});

describe('the schedule of a loan', () => {
  it('has one installment up to 200.00', () => {
    const { installments, totalPayable, endWeek } = plan('200.00', '10.00', '2025-10-29', '2025-11-02');
    expect(installments.map(({ totalDue }) => totalDue.toString())).toEqual(['200.55']);
    expect(totalPayable.toString()).toBe('200.55');
    expect(endWeek).toBe('2025-11-08');
  });

  it('has no interest for zero days if the loan starts on the Saturday of its first due date', () => {
    const { installments } = plan('400.00', '10.00', '2025-11-08', '2025-11-02');
    expect(installments.map(({ interestBasis }) => interestBasis.days)).toEqual([0, 7, 7, 7]);
    expect(installments.map(({ interest }) => interest.toString())).toEqual(['0.00', '0.58', '0.38', '0.19']);
  });

  it('continues weekly over the end of the year and a leap day', () => {
    const { installments, endWeek } = plan('2500.00', '20.00', '2023-12-20', '2023-12-24');
    expect(installments.map(({ interestBasis }) => interestBasis.days)).toEqual([
      10,
      ...Array.from({ length: 9 }, () => 7),
    ]);
    expect(installments.map(({ week }) => week.start).slice(0, 3)).toEqual([
      '2023-12-24',
      '2023-12-31',
      '2024-01-07',
    ]);
    expect(endWeek).toBe('2024-03-02');
  });

  it('has no interest at 0 percent', () => {
    const { totalInterest, totalPayable } = plan('1234.56', '0.00', '2025-10-29', '2025-11-02');
    expect([totalInterest, totalPayable].map(String)).toEqual(['0.00', '1234.56']);
  });

  it('repays the principal to the cent and has the sums of its installments as totals', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const { installments, weeklyPrincipal, totalInterest, totalPayable } = planLoan(terms);
        expect(sumOf(installments, 'principal')).toBe(terms.amount.toString());
        expect(sumOf(installments, 'interest')).toBe(totalInterest.toString());
        expect(sumOf(installments, 'totalDue')).toBe(totalPayable.toString());
        const others = installments.slice(0, -1);
        expect(others.filter(({ principal }) => !principal.equals(weeklyPrincipal))).toEqual([]);
      }),
    );
  });

  it('has consecutive weeks, each due on its Saturday', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const { installments, endWeek } = planLoan(terms);
        expect(installments.map(({ number }) => number)).toEqual(installments.map((_, index) => index + 1));
        expect(installments.map(({ week }) => week)).toEqual(
          installments.map((_, index) => {
            const sunday = addDays(terms.startWeek, 7 * index);
            return { start: sunday, end: addDays(sunday, 6) };
          }),
        );
        expect(installments.filter(({ week }) => !isSunday(week.start))).toEqual([]);
        expect(installments.filter(({ week, dueDate }) => dueDate !== week.end)).toEqual([]);
        expect(endWeek).toBe(installments.at(-1)?.dueDate);
      }),
    );
  });

  it('charges interest on the scheduled principal for the days since the previous due date', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const { installments } = planLoan(terms);
        let left = terms.amount;
        let from: CalendarDate = terms.loanDate;
        const bases = installments.map(({ principal, dueDate }) => {
          const basis = {
            principal: left,
            annualRate: terms.annualRate,
            from,
            to: dueDate,
            days: daysBetween(from, dueDate),
          };
          left = left.minus(principal);
          from = dueDate;
          return basis;
        });
        expect(JSON.stringify(installments.map(({ interestBasis }) => interestBasis))).toBe(
          JSON.stringify(bases),
        );
        expect(installments.map(({ interest }) => `${interest}`)).toEqual(
          bases.map((basis) => interestFor(basis).toString()),
        );
        expect(installments.filter(({ interest }) => Money.ZERO.isGreaterThan(interest))).toEqual([]);
        expect(left.isZero()).toBe(true);
      }),
    );
  });

  it('never increases the interest from one full week to the next', () => {
    fc.assert(
      fc.property(anyTerms, ({ amount, annualRate, startWeek }) => {
        const { installments } = planLoan({
          amount,
          annualRate,
          loanDate: addDays(startWeek, -1),
          startWeek,
        });
        expect(new Set(installments.map(({ interestBasis }) => interestBasis.days))).toEqual(new Set([7]));
        const grown = installments.filter(
          ({ interest }, index) =>
            index > 0 && interest.isGreaterThan(installments[index - 1]?.interest ?? interest),
        );
        expect(grown).toEqual([]);
      }),
    );
  });
});
