import fc from 'fast-check';
import { addDays, calendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../../kernel/calendar/payment-week.js';
import { Money } from '../../../../kernel/money/money.js';
import { Percentage } from '../../../../kernel/money/percentage.js';
import { planLoan } from '../../schedule/loan-schedule.js';
import { payoffInstallment, quotePayoff } from './payoff.js';
import type { PayoffPosition } from './payoff.js';
import type { UnpostedInstallment } from '../../schedule/resume-plan.js';

const LENT = calendarDate('2025-10-29');

/** 1,500.00 at 10 %, six installments of 250.00 from 2025-11-02 */
const { installments: PLAN } = planLoan({
  amount: Money.of('1500.00'),
  annualRate: Percentage.of('10.00'),
  loanDate: LENT,
  startWeek: calendarDate('2025-11-02'),
});
const unpostedFrom = (number: number): UnpostedInstallment[] =>
  PLAN.slice(number - 1).map((installment) => ({ ...installment, hasAccrued: false }));

/** The first installment is posted and unpaid. On hold, so that no later one is posted before the payoff. */
const POSITION: PayoffPosition = {
  annualRate: Percentage.of('10.00'),
  accruedThrough: calendarDate('2025-11-08'),
  isActive: false,
  unpaid: { interest: Money.of('4.11'), principal: Money.of('250.00') },
  disputed: Money.ZERO,
  unposted: unpostedFrom(2),
  credit: Money.ZERO,
};

const quoted = (asOf: string, over: Partial<PayoffPosition> = {}) =>
  quotePayoff({ ...POSITION, ...over }, calendarDate(asOf), LENT);
const printed = (quote: object): unknown => JSON.parse(JSON.stringify(quote));

describe('the payoff of a loan', () => {
  it.each([
    ['2025-11-09', 1, '0.34', '1504.45'],
    ['2025-11-19', 11, '3.77', '1507.88'],
    ['2025-11-29', 21, '7.19', '1511.30'],
  ])('on %s includes %i days with %s interest and %s in total', (asOf, days, interest, total) => {
    const quote = quoted(asOf);
    expect(quote.interestBasis.days).toBe(days);
    expect([quote.interest, quote.total].map(String)).toEqual([interest, total]);
  });

  it.each(['2025-11-08', '2025-11-05', '2025-10-29'])(
    'on %s includes no more interest because interest is accrued through 2025-11-08',
    (asOf) => {
      expect(quoted(asOf).interestBasis.days).toBe(0);
      expect(quoted(asOf).total.toString()).toBe('1504.11');
    },
  );

  it('includes the interest of an installment whose posting was voided only once', () => {
    const voided = { ...PLAN[0]!, hasAccrued: true };
    const unposted = [voided, ...unpostedFrom(3)];
    expect(printed(quoted('2025-11-19', { unposted }))).toMatchObject({
      unpostedPrincipal: '1250.00',
      interestBasis: { principal: '1000.00', from: '2025-11-08', to: '2025-11-19', days: 11 },
      interestCarried: '4.11',
      // 4.11 and 11 days of 1,000.00
      interest: '7.12',
      total: '1511.23',
    });
  });

  it('of an active loan includes the full amount of each installment whose week has begun', () => {
    const position = { isActive: true, accruedThrough: LENT, unposted: unpostedFrom(1) };
    const nothing = { interest: Money.ZERO, principal: Money.ZERO };
    expect(printed(quoted('2025-11-26', { ...position, unpaid: nothing }))).toMatchObject({
      interestBasis: { principal: '500.00', from: '2025-11-29', to: '2025-11-29', days: 0 },
      // 4.11 + 2.40 + 1.92 + 1.44, as the weekly posting posts them
      interestCarried: '9.87',
      total: '1509.87',
    });
  });

  it('excludes disputed balances and subtracts the credit down to zero', () => {
    const over = { disputed: Money.of('254.11'), unpaid: { interest: Money.ZERO, principal: Money.ZERO } };
    expect(printed(quoted('2025-11-08', { ...over, credit: Money.of('1000.00') }))).toMatchObject({
      disputed: '254.11',
      creditUsed: '1000.00',
      total: '250.00',
    });
    expect(printed(quoted('2025-11-08', { ...over, credit: Money.of('2000.00') }))).toMatchObject({
      creditUsed: '1250.00',
      total: '0.00',
    });
  });

  it('is rejected for a past day', () => {
    expect(() => quoted('2025-10-28')).toThrow(
      expect.objectContaining({
        code: 'PAYOFF_DATE_INVALID',
        fields: [
          {
            field: 'as_of',
            message: 'A payoff can be quoted as of today (2025-10-29) or a later day, not as of 2025-10-28.',
          },
        ],
      }),
    );
  });

  it('never decreases from day to day and is never below the amount owed without interest', () => {
    const loan = fc.record({
      amount: fc.integer({ min: 1, max: 5_000_000 }).map((cents) => Money.of((cents / 100).toFixed(2))),
      rate: fc.nat(2_000).map((hundredths) => Percentage.of((hundredths / 100).toFixed(2))),
      isActive: fc.boolean(),
    });
    const day = fc.nat(2_000).map((days) => addDays(LENT, days));
    fc.assert(
      fc.property(loan, day, ({ amount, rate, isActive }, asOf) => {
        const terms = { amount, annualRate: rate, loanDate: LENT, startWeek: calendarDate('2025-11-02') };
        const unposted = planLoan(terms).installments.map((installment) => ({
          ...installment,
          hasAccrued: false,
        }));
        const over = { annualRate: rate, unposted, isActive, accruedThrough: LENT };
        const [today, tomorrow] = [quoted(asOf, over), quoted(addDays(asOf, 1), over)];
        expect(today.total.isGreaterThan(tomorrow.total)).toBe(false);
        expect(Money.of('254.11').plus(amount).isGreaterThan(today.total)).toBe(false);
      }),
    );
  });

  it('of an active loan never exceeds the remaining schedule', () => {
    const amount = fc.integer({ min: 1, max: 5_000_000 }).map((cents) => Money.of((cents / 100).toFixed(2)));
    const day = fc.nat(2_000).map((days) => addDays(LENT, days));
    fc.assert(
      fc.property(amount, day, (lent, asOf) => {
        const terms = { amount: lent, annualRate: POSITION.annualRate, loanDate: LENT };
        const plan = planLoan({ ...terms, startWeek: calendarDate('2025-11-02') });
        const unposted = plan.installments.map((installment) => ({ ...installment, hasAccrued: false }));
        const unpaid = { interest: Money.ZERO, principal: Money.ZERO };
        const quote = quoted(asOf, { unposted, isActive: true, accruedThrough: LENT, unpaid });
        expect(quote.total.isGreaterThan(plan.totalPayable)).toBe(false);
      }),
    );
  });
});

describe('the payoff installment', () => {
  it('contains all unposted principal and its interest and is due on the Saturday of its week', () => {
    const installment = payoffInstallment(quoted('2025-11-19'), weekOf(calendarDate('2025-11-19')), 7);
    expect(JSON.parse(JSON.stringify(installment))).toEqual({
      number: 7,
      week: { start: '2025-11-16', end: '2025-11-22' },
      dueDate: '2025-11-22',
      principal: '1250.00',
      interest: '3.77',
      totalDue: '1253.77',
      interestBasis: {
        principal: '1250.00',
        annualRate: '10.00',
        from: '2025-11-08',
        to: '2025-11-19',
        days: 11,
      },
      interestCarried: '0.00',
    });
  });
});
