import type { Balance } from './balances/balance-columns';

/** In the order of payment (docs/domain.md, "Payment by hierarchy"). The last two are not in the hierarchy. */
export const CATEGORIES: readonly Balance['category'][] = [
  'TAXES',
  'EZPASS',
  'LEASE',
  'PVB',
  'TLC',
  'REPAIRS',
  'LOANS',
  'MISC',
  'DEPOSITS',
  'EARNINGS',
];

const NOT_IN_HIERARCHY = ['DEPOSITS', 'EARNINGS'];

/** The categories that a payment by hierarchy pays, in this order. */
export const HIERARCHY = CATEGORIES.filter((category) => !NOT_IN_HIERARCHY.includes(category));
