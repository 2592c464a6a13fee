import { Money } from '../../../kernel/money/money.js';
import { keptOf, parseTakeHome } from './take-home.js';

const kept = (earnings: string, text: string): string | undefined => {
  const takeHome = parseTakeHome(text);
  return takeHome ? keptOf(Money.of(earnings), takeHome).toString() : undefined;
};

describe('the part of the earnings that the driver keeps', () => {
  it.each([
    ['500.00', '0.00', '0.00'],
    ['500.00', '150.00', '150.00'],
    ['100.00', '150.00', '100.00'],
    ['500.00', '25%', '125.00'],
    ['500.00', '100%', '500.00'],
    ['0.02', '25%', '0.01'],
    ['0.01', '49.99%', '0.00'],
    ['333.33', '33.33%', '111.10'],
  ])('of %s with %s is %s', (earnings, text, expected) => {
    expect(kept(earnings, text)).toBe(expected);
  });

  it.each(['', '%', '-5.00', '1.005', '100.01%', '12.345%', 'half', '25 %'])('cannot be "%s"', (text) => {
    expect(parseTakeHome(text)).toBeNull();
  });
});
