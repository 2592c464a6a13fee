import { CATEGORIES, DEBT_CATEGORIES, PAYMENT_ORDER } from './category.js';

describe('the categories of the ledger', () => {
  it('are paid in one fixed order', () => {
    expect(PAYMENT_ORDER).toEqual(['TAXES', 'EZPASS', 'LEASE', 'PVB', 'TLC', 'REPAIRS', 'LOANS', 'MISC']);
  });

  it('are all debts but for the earnings, and all paid by hierarchy but for the deposits', () => {
    const sorted = (categories: readonly string[]) => [...categories].sort();
    expect(CATEGORIES).toHaveLength(10);
    expect(sorted([...DEBT_CATEGORIES, 'EARNINGS'])).toEqual(sorted(CATEGORIES));
    expect(sorted([...PAYMENT_ORDER, 'DEPOSITS'])).toEqual(sorted(DEBT_CATEGORIES));
  });
});
