import { CATEGORIES, OBLIGATION_CATEGORIES, PAYMENT_ORDER } from './category.js';

describe('the list of ledger categories', () => {
  it('has a fixed payment order', () => {
    expect(PAYMENT_ORDER).toEqual(['TAXES', 'EZPASS', 'LEASE', 'PVB', 'TLC', 'REPAIRS', 'LOANS', 'MISC']);
  });

  it('contains only obligations except EARNINGS, all paid by hierarchy except DEPOSITS', () => {
    const sorted = (categories: readonly string[]) => [...categories].sort();
    expect(CATEGORIES).toHaveLength(10);
    expect(sorted([...OBLIGATION_CATEGORIES, 'EARNINGS'])).toEqual(sorted(CATEGORIES));
    expect(sorted([...PAYMENT_ORDER, 'DEPOSITS'])).toEqual(sorted(OBLIGATION_CATEGORIES));
  });
});
