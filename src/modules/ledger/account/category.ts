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

/** The categories of obligations. EARNINGS is the category of payments. */
export const OBLIGATION_CATEGORIES = CATEGORIES.filter((category) => category !== 'EARNINGS');

/** The order in which a payment by hierarchy pays obligations. DEPOSITS is paid only by a targeted payment. */
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
