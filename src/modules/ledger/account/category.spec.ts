import { CATEGORIES, CATEGORY_LABELS, OBLIGATION_CATEGORIES, PAYMENT_ORDER } from './category.js';

/** test/architecture/code-lists.spec.ts compares the list itself with docs/domain.md and with the database. */
describe('the list of ledger categories', () => {
  const sorted = (categories: readonly string[]) => [...categories].sort();

  it('is the order of payment', () => {
    expect(PAYMENT_ORDER).toEqual(CATEGORIES.filter((category) => PAYMENT_ORDER.includes(category)));
    expect(PAYMENT_ORDER.length).toBeGreaterThanOrEqual(8);
  });

  it('contains only obligations except EARNINGS, all paid by hierarchy except DEPOSITS', () => {
    expect(sorted([...OBLIGATION_CATEGORIES, 'EARNINGS'])).toEqual(sorted(CATEGORIES));
    expect(sorted([...PAYMENT_ORDER, 'DEPOSITS'])).toEqual(sorted(OBLIGATION_CATEGORIES));
  });

  it('has a label for each category, in the order of payment', () => {
    expect(Object.keys(CATEGORY_LABELS)).toEqual([...PAYMENT_ORDER, 'DEPOSITS', 'EARNINGS']);
  });
});
