import fc from 'fast-check';
import { addDays, calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { payoffInstallment, quotePayoff } from './payoff.js';
import type { PayoffPosition } from './payoff.js';

const POSITION: PayoffPosition = {
  loanDate: calendarDate('2025-10-29'),
  annualRate: Percentage.of('10.00'),
  lastPostedDueDate: calendarDate('2025-11-08'),
  unpaid: { interest: Money.of('4.11'), principal: Money.of('250.00') },
  unpostedPrincipal: Money.of('1250.00'),
};
const quoted = (asOf: string, over: Partial<PayoffPosition> = {}) =>
  quotePayoff({ ...POSITION, ...over }, calendarDate(asOf));

describe('the payoff of a loan', () => {
  it.each([
    ['2025-11-09', 1, '0.34', '1504.45'],
    ['2025-11-19', 11, '3.77', '1507.88'],
    ['2025-11-29', 21, '7.19', '1511.30'],
  ])('on %s asks for %i days: %s of interest, %s in all', (asOf, days, interest, total) => {
    const quote = quoted(asOf);
    expect(quote.interestBasis.days).toBe(days);
    expect([quote.interest, quote.total].map(String)).toEqual([interest, total]);
  });

  it.each(['2025-11-08', '2025-11-05', '2025-10-29'])(
    'on %s asks for no day: the interest up to the last due date is posted',
    (asOf) => {
      expect(quoted(asOf).interestBasis.days).toBe(0);
      expect(quoted(asOf).total.toString()).toBe('1504.11');
    },
  );

  it('counts from the loan date where nothing is posted', () => {
    const quote = quoted('2025-11-19', { lastPostedDueDate: null, unpostedPrincipal: Money.of('1500.00') });
    expect(quote).toMatchObject({ accruesFrom: '2025-10-29', interestBasis: { days: 21 } });
    expect(quote.interest.toString()).toBe('8.63');
  });

  it('is none for a day before the loan was lent', () => {
    expect(() => quoted('2025-10-28')).toThrow(
      expect.objectContaining({
        code: 'PAYOFF_DATE_INVALID',
        fields: [
          { field: 'as_of', message: 'The loan was lent on 2025-10-29; it has no payoff as of 2025-10-28.' },
        ],
      }),
    );
  });

  it('never falls from one day to the next, and is never below what is owed without interest', () => {
    const day = fc.nat(2_000).map((days) => addDays(POSITION.loanDate, days));
    const position = fc.record({
      rate: fc.nat(2_000).map((hundredths) => Percentage.of((hundredths / 100).toFixed(2))),
      unposted: fc.nat(5_000_000).map((cents) => Money.of((cents / 100).toFixed(2))),
    });
    fc.assert(
      fc.property(position, day, ({ rate, unposted }, asOf) => {
        const over = { annualRate: rate, unpostedPrincipal: unposted };
        const [today, tomorrow] = [quoted(asOf, over), quoted(addDays(asOf, 1), over)];
        expect(today.total.isGreaterThan(tomorrow.total)).toBe(false);
        expect(Money.of('254.11').plus(unposted).isGreaterThan(today.total)).toBe(false);
      }),
    );
  });
});

describe('the payoff installment', () => {
  it('takes all the unposted principal and its interest, due on the Saturday of its week', () => {
    const installment = payoffInstallment(quoted('2025-11-19'), weekOf(calendarDate('2025-11-19')), 7);
    expect(JSON.parse(JSON.stringify(installment))).toEqual({
      number: 7,
      week: { start: '2025-11-16', end: '2025-11-22' },
      dueDate: '2025-11-22',
      principal: '1250.00',
      interest: '3.77',
      totalDue: '1253.77',
      interestBasis: { principal: '1250.00', annualRate: '10.00', days: 11 },
    });
  });
});
