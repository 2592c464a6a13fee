import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { checkLoanTerms, checkStartWeek } from './loan-terms.js';

const LIMITS = { maxAmount: Money.of('50000.00'), maxRate: Percentage.of('20.00') };
const WEDNESDAY = '2025-10-29';

function check(terms: { amount?: string; rate?: string; startWeek?: string; today?: string }): void {
  checkLoanTerms(
    {
      amount: Money.of(terms.amount ?? '1500.00'),
      annualRate: Percentage.of(terms.rate ?? '10.00'),
      startWeek: calendarDate(terms.startWeek ?? '2025-11-02'),
    },
    LIMITS,
    calendarDate(terms.today ?? WEDNESDAY),
  );
}

const refusal = (code: string, field: string, sentence: string) =>
  expect.objectContaining({ code, message: sentence, fields: [{ field, message: sentence }] });

describe('the amount of a loan', () => {
  it.each(['0.01', '200.00', '49999.99', '50000.00'])('can be %s', (amount) => {
    expect(() => check({ amount })).not.toThrow();
  });

  it.each([
    ['0.00', '$0.00'],
    ['-0.01', '-$0.01'],
    ['50000.01', '$50,000.01'],
    ['9999999999.99', '$9,999,999,999.99'],
  ])('cannot be %s', (amount, got) => {
    expect(() => check({ amount })).toThrow(
      refusal(
        'LOAN_AMOUNT_OUT_OF_RANGE',
        'loan_amount',
        `loan_amount must be greater than $0.00 and at most $50,000.00 (got ${got}).`,
      ),
    );
  });
});

describe('the rate of a loan', () => {
  it.each(['0.00', '0.01', '19.99', '20.00'])('can be %s percent a year', (rate) => {
    expect(() => check({ rate })).not.toThrow();
  });

  it.each(['20.01', '100.00', '999.99'])('cannot be %s percent', (rate) => {
    expect(() => check({ rate })).toThrow(
      refusal(
        'INTEREST_RATE_OUT_OF_RANGE',
        'interest_rate',
        `interest_rate must be between 0 and 20.00 percent a year (got ${rate}).`,
      ),
    );
  });
});

describe('the start week', () => {
  it.each([
    // the current payment week, also if it is nearly over or has just begun
    ['2025-10-26', WEDNESDAY],
    ['2025-10-26', '2025-11-01'],
    ['2025-11-02', '2025-11-02'],
    ['2025-11-02', WEDNESDAY],
    // 52 weeks ahead
    ['2026-10-25', WEDNESDAY],
    ['2026-10-25', '2025-11-01'],
  ])('can be %s on %s', (startWeek, today) => {
    expect(() => check({ startWeek, today })).not.toThrow();
  });

  it.each([
    ['2025-11-03', '2025-11-02', '2025-11-09'],
    ['2025-11-08', '2025-11-02', '2025-11-09'],
    ['2026-01-01', '2025-12-28', '2026-01-04'],
  ])('cannot be %s, and the error names %s and %s', (startWeek, before, after) => {
    expect(() => check({ startWeek })).toThrow(
      refusal(
        'START_WEEK_NOT_SUNDAY',
        'start_week',
        `${startWeek} is not a Sunday; the nearest Sundays are ${before} and ${after}.`,
      ),
    );
  });

  it.each([
    ['2025-10-19', WEDNESDAY],
    ['2026-11-01', WEDNESDAY],
    ['2026-11-01', '2025-10-26'],
    ['1999-12-26', WEDNESDAY],
    ['9999-12-26', WEDNESDAY],
  ])('cannot be %s on %s because it is in the past or more than 52 weeks ahead', (startWeek, today) => {
    expect(() => check({ startWeek, today })).toThrow(
      refusal(
        'START_WEEK_OUT_OF_RANGE',
        'start_week',
        `start_week must be between 2025-10-26 and 2026-10-25 (got ${startWeek}).`,
      ),
    );
  });

  it('cannot be the previous week from Sunday on', () => {
    expect(() => checkStartWeek(calendarDate('2025-10-26'), calendarDate('2025-11-02'))).toThrow(
      'start_week must be between 2025-11-02 and 2026-11-01 (got 2025-10-26).',
    );
  });
});

describe('several terms that break rules', () => {
  it('are refused together, each with its own sentence', () => {
    const error = refusalOf(() => check({ amount: '60000.00', rate: '21.00', startWeek: '2025-11-03' }));
    expect(error.code).toBe('VALIDATION_FAILED');
    expect(error.fields.map(({ field }) => field)).toEqual(['loan_amount', 'interest_rate', 'start_week']);
    expect(error.message).toBe(error.fields.map(({ message }) => message).join(' '));
  });
});

function refusalOf(work: () => void): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('nothing was refused');
}
