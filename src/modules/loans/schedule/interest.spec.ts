import fc from 'fast-check';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { interestFor } from './interest.js';

const interest = (principal: string, annualRate: string, days: number): string =>
  interestFor({ principal: Money.of(principal), annualRate: Percentage.of(annualRate), days }).toString();

/**
 * The same formula with integers, without big.js: cents × hundredths of a percent × days, divided by
 * 100 × 100 × 365. Half of the divisor is added so that the division rounds half up.
 */
function centsOfInterest(principalCents: number, rateHundredths: number, days: number): bigint {
  const divisor = 10_000n * 365n;
  return (2n * BigInt(principalCents) * BigInt(rateHundredths) * BigInt(days) + divisor) / (2n * divisor);
}

const fixed = (hundredths: number): string => (hundredths / 100).toFixed(2);
const anyPrincipal = fc.integer({ min: 0, max: 5_000_000 });
const anyRate = fc.integer({ min: 0, max: 10_000 });
const anyDays = fc.integer({ min: 0, max: 800 });

describe('the interest', () => {
  it.each([
    // the example of docs/domain.md, "Interest": 10 days of 1,500.00 at 10 % are 4.1095…
    ['1500.00', '10.00', 10, '4.11'],
    ['1250.00', '10.00', 7, '2.40'],
    ['1000.00', '10.00', 7, '1.92'],
    ['750.00', '10.00', 7, '1.44'],
    ['500.00', '10.00', 7, '0.96'],
    ['250.00', '10.00', 7, '0.48'],
    // exactly half a cent is rounded up
    ['36.50', '5.00', 1, '0.01'],
    ['109.50', '5.00', 1, '0.02'],
    ['36.49', '5.00', 1, '0.00'],
    // a year is 365 days, so a leap year costs one day more
    ['1000.00', '10.00', 365, '100.00'],
    ['1000.00', '10.00', 366, '100.27'],
    ['50000.00', '20.00', 7, '191.78'],
    ['1000.00', '7.25', 30, '5.96'],
    ['1500.00', '0.00', 10, '0.00'],
    ['1500.00', '10.00', 0, '0.00'],
    ['0.00', '10.00', 10, '0.00'],
  ])('on %s at %s percent for %i days is %s', (principal, rate, days, expected) => {
    expect(interest(principal, rate, days)).toBe(expected);
  });

  it('is principal × rate/100 × days/365 rounded half up to cents', () => {
    fc.assert(
      fc.property(anyPrincipal, anyRate, anyDays, (principal, rate, days) => {
        const expected = Money.of(fixed(Number(centsOfInterest(principal, rate, days))));
        expect(interest(fixed(principal), fixed(rate), days)).toBe(expected.toString());
      }),
    );
  });

  it('is never negative and never decreases with more principal, a higher rate or more days', () => {
    fc.assert(
      fc.property(anyPrincipal, anyRate, anyDays, fc.nat(1000), (principal, rate, days, more) => {
        const base = Money.of(interest(fixed(principal), fixed(rate), days));
        expect(Money.ZERO.isGreaterThan(base)).toBe(false);
        const dearer = [
          interest(fixed(principal + more), fixed(rate), days),
          interest(fixed(principal), fixed(rate + more), days),
          interest(fixed(principal), fixed(rate), days + more),
        ];
        expect(dearer.filter((amount) => base.isGreaterThan(Money.of(amount)))).toEqual([]);
      }),
    );
  });
});
