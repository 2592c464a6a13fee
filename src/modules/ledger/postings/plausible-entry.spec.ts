import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { weekOf } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import { checkCharge, checkPayment } from './plausible-entry.js';

const limits = {
  today: calendarDate('2025-10-29'),
  weeksBack: 52,
  maxAmount: Money.of('100000.00'),
};

const entry = (amount: string, start: string) => ({
  amount: Money.of(amount),
  week: weekOf(calendarDate(start)),
});

const pay = (amount: string, start = '2025-10-26') => checkPayment(entry(amount, start), limits);

const charge = (amount: string, start = '2025-10-26', due = weekOf(calendarDate(start)).end) =>
  checkCharge({ ...entry(amount, start), dueDate: calendarDate(due) }, limits);

const refused = (code: string, field: string, message: string) =>
  expect.objectContaining({ code, message, fields: [{ field, message }] });

describe('the amount of a payment or a charge', () => {
  it.each(['0.01', '100000.00'])('can be %s', (amount) => {
    expect(() => pay(amount)).not.toThrow();
    expect(() => charge(amount)).not.toThrow();
  });

  it.each([
    ['0.00', 'VALIDATION_FAILED', 'amount must be greater than 0.00.'],
    ['100000.01', 'AMOUNT_OUT_OF_RANGE', 'amount must be at most $100,000.00 (got $100,000.01).'],
    ['8893021177.00', 'AMOUNT_OUT_OF_RANGE', 'amount must be at most $100,000.00 (got $8,893,021,177.00).'],
  ])('cannot be %s', (amount, code, sentence) => {
    const refusal = refused(code, 'amount', sentence);
    expect(() => pay(amount)).toThrow(refusal);
    expect(() => charge(amount)).toThrow(refusal);
  });
});

describe('the week of a payment', () => {
  it.each(['2025-10-26', '2025-10-19', '2024-10-27'])('can be the week of %s', (start) => {
    expect(() => pay('1.00', start)).not.toThrow();
  });

  it.each(['2025-11-02', '2026-11-01', '2024-10-20', '0001-01-07', '9999-12-19'])(
    'cannot be the week of %s',
    (start) => {
      expect(() => pay('1.00', start)).toThrow(
        refused(
          'PAYMENT_WEEK_OUT_OF_RANGE',
          'payment_period_start',
          `payment_period_start must be between 2024-10-27 and 2025-10-26 (got ${start}).`,
        ),
      );
    },
  );

  it('can only be the current week if no earlier week is allowed', () => {
    const current = { ...limits, weeksBack: 0 };
    expect(() => checkPayment(entry('1.00', '2025-10-26'), current)).not.toThrow();
    expect(() => checkPayment(entry('1.00', '2025-10-19'), current)).toThrow(
      /between 2025-10-26 and 2025-10-26/,
    );
  });
});

describe('the week of a charge', () => {
  it.each(['2024-10-27', '2025-10-26', '2026-10-25'])('can be the week of %s', (start) => {
    expect(() => charge('1.00', start)).not.toThrow();
  });

  it.each(['2024-10-20', '2026-11-01', '1990-01-07', '9999-12-19'])('cannot be the week of %s', (start) => {
    expect(() => charge('1.00', start)).toThrow(
      refused(
        'PAYMENT_WEEK_OUT_OF_RANGE',
        'payment_period_start',
        `payment_period_start must be between 2024-10-27 and 2026-10-25 (got ${start}).`,
      ),
    );
  });
});

describe('the due date of a charge', () => {
  it.each(['2025-10-26', '2025-11-01', '2026-10-27'])('can be %s', (due) => {
    expect(() => charge('1.00', '2025-10-26', calendarDate(due))).not.toThrow();
  });

  it.each(['2025-10-25', '2026-10-28', '1900-01-01', '2099-01-01'])('cannot be %s', (due) => {
    expect(() => charge('1.00', '2025-10-26', calendarDate(due))).toThrow(
      refused(
        'DUE_DATE_OUT_OF_RANGE',
        'due_date',
        `due_date must be between 2025-10-26 and 2026-10-27 (got ${due}).`,
      ),
    );
  });
});
