import { Money } from './money.js';
import { printedDollars, printedNumber } from './printed-amount.js';

describe('an amount for people', () => {
  it.each([
    ['0.00', '$0.00'],
    ['999.99', '$999.99'],
    ['1250.00', '$1,250.00'],
    ['-8893021177.05', '-$8,893,021,177.05'],
  ])('has a dollar sign, separators between thousands and its own sign: %s', (amount, text) => {
    expect(printedDollars(amount)).toBe(text);
    expect(printedDollars(Money.of(amount))).toBe(text);
  });

  it('has no dollar sign as a number of a table', () => {
    expect(printedNumber('1511.31')).toBe('1,511.31');
    expect(printedNumber('200000')).toBe('200,000');
  });
});
