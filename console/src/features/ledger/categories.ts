import type { Balance } from './balances/balance-columns';

/** In the order of payment (docs/domain.md, "Payment by hierarchy"); the last two are paid by name only. */
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
