import { Money } from '../../../kernel/money/money.js';
import { ExposureTally } from './loan-exposure.js';

const DRIVER = 7;

function tally(loans: number, principal: string): ExposureTally {
  const started = new ExposureTally({ maxLoans: 3, maxPrincipal: Money.of('1000.00') });
  started.start([DRIVER, 8], new Map([[DRIVER, { loans, principal: Money.of(principal) }]]));
  return started;
}

describe('the exposure of a driver', () => {
  it('can reach its limits', () => {
    expect(() => tally(2, '400.00').add(DRIVER, Money.of('600.00'))).not.toThrow();
  });

  it('cannot exceed the number of open loans', () => {
    expect(() => tally(3, '0.01').add(DRIVER, Money.of('0.01'))).toThrow(
      expect.objectContaining({
        code: 'DRIVER_HAS_TOO_MANY_LOANS',
        message: 'Driver 7 has 3 open loans; at most 3 are allowed.',
      }),
    );
  });

  it('cannot exceed the principal limit', () => {
    expect(() => tally(1, '400.00').add(DRIVER, Money.of('600.01'))).toThrow(
      expect.objectContaining({
        code: 'DRIVER_EXPOSURE_EXCEEDED',
        message:
          'Driver 7 owes $400.00 of principal; with $600.01 more it would be $1,000.01, and at most $1,000.00 is allowed.',
      }),
    );
  });

  it('includes each accepted loan and no rejected one', () => {
    const counted = tally(0, '0.00');
    counted.add(DRIVER, Money.of('900.00'));
    expect(() => counted.add(DRIVER, Money.of('100.01'))).toThrow(/would be \$1,000.01/);
    counted.add(DRIVER, Money.of('50.00'));
    counted.add(DRIVER, Money.of('50.00'));
    expect(() => counted.add(DRIVER, Money.of('0.01'))).toThrow(/has 3 open loans/);
    counted.add(8, Money.of('1000.00'));
  });
});
