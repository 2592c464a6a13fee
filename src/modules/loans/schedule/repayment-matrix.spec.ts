import fc from 'fast-check';
import { Money } from '../../../kernel/money/money.js';
import { principalParts, weeklyPrincipal } from './repayment-matrix.js';

const anyLoan = fc
  .integer({ min: 1, max: 5_000_000 })
  .map((cents): Money => Money.of((cents / 100).toFixed(2)));

describe('the repayment matrix', () => {
  it.each([
    ['0.01', '0.01'],
    ['199.99', '199.99'],
    ['200.00', '200.00'],
    ['200.01', '100.00'],
    ['200.50', '100.00'],
    ['500.00', '100.00'],
    ['500.01', '200.00'],
    ['500.50', '200.00'],
    ['1000.00', '200.00'],
    ['1000.01', '250.00'],
    ['1000.99', '250.00'],
    ['1500.00', '250.00'],
    ['3000.00', '250.00'],
    ['3000.01', '300.00'],
    ['50000.00', '300.00'],
  ])('repays a loan of %s with a weekly principal of %s', (amount, weekly) => {
    expect(weeklyPrincipal(Money.of(amount)).toString()).toBe(weekly);
  });
});

describe('the list of installment principals', () => {
  it.each([
    ['0.01', ['0.01']],
    ['200.00', ['200.00']],
    ['200.01', ['100.00', '100.00', '0.01']],
    ['500.00', ['100.00', '100.00', '100.00', '100.00', '100.00']],
    ['500.50', ['200.00', '200.00', '100.50']],
    ['1000.00', ['200.00', '200.00', '200.00', '200.00', '200.00']],
    ['1000.99', ['250.00', '250.00', '250.00', '250.00', '0.99']],
    ['1500.00', ['250.00', '250.00', '250.00', '250.00', '250.00', '250.00']],
  ])('of a loan of %s is %j', (amount, parts) => {
    const loan = Money.of(amount);
    expect(principalParts(loan, weeklyPrincipal(loan)).map(String)).toEqual(parts);
  });

  it('has one more week from the first cent of the next matrix row', () => {
    const parts = principalParts(Money.of('3000.01'), Money.of('300.00'));
    expect(parts.slice(0, 10).map(String)).toEqual(Array.from({ length: 10 }, () => '300.00'));
    expect(parts.slice(10).map(String)).toEqual(['0.01']);
  });

  it('adds up to the loan amount, with the weekly principal in all but the last installment', () => {
    fc.assert(
      fc.property(anyLoan, (loan) => {
        const weekly = weeklyPrincipal(loan);
        const parts = principalParts(loan, weekly).map(String);
        const last = Money.of(parts.pop() ?? '0');
        expect(Money.sum([...parts.map((part) => Money.of(part)), last]).toString()).toBe(loan.toString());
        expect(parts).toEqual(parts.map(() => weekly.toString()));
        expect(last.isPositive() && !last.isGreaterThan(weekly)).toBe(true);
      }),
    );
  });
});
