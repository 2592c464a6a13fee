/** Every category of the ledger (docs/domain.md, "Categories"). */
export const CATEGORIES = [
  'EARNINGS',
  'TAXES',
  'EZPASS',
  'LEASE',
  'PVB',
  'TLC',
  'REPAIRS',
  'LOANS',
  'DEPOSITS',
  'MISC',
] as const;

export type Category = (typeof CATEGORIES)[number];

/** What a driver can owe. EARNINGS is what pays. */
export const DEBT_CATEGORIES = CATEGORIES.filter((category) => category !== 'EARNINGS');

/** The order in which a payment by hierarchy pays debts. DEPOSITS is paid by name only. */
export const PAYMENT_ORDER: readonly Category[] = [
  'TAXES',
  'EZPASS',
  'LEASE',
  'PVB',
  'TLC',
  'REPAIRS',
  'LOANS',
  'MISC',
];
