import type { Balance } from './balance-columns';

/** In the order in which a payment by hierarchy pays them (domain.md, "Ledger"); the last two are paid by name only. */
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
