import { codesOf } from '../../../kernel/codes/labels.js';

interface CategoryRule {
  readonly label: string;
  /** NEVER: not an obligation. TARGETED: only a payment that names the balance pays it. */
  readonly paid: 'BY_HIERARCHY' | 'TARGETED' | 'NEVER';
}

/** Every category of the ledger (docs/domain.md, "Categories"). A payment by hierarchy pays in the order of these lines. */
const RULES = {
  EARNINGS: { label: 'Earnings', paid: 'NEVER' },
  TAXES: { label: 'Taxes', paid: 'BY_HIERARCHY' },
  EZPASS: { label: 'E-ZPass tolls', paid: 'BY_HIERARCHY' },
  LEASE: { label: 'Lease', paid: 'BY_HIERARCHY' },
  PVB: { label: 'Parking violations', paid: 'BY_HIERARCHY' },
  TLC: { label: 'TLC', paid: 'BY_HIERARCHY' },
  REPAIRS: { label: 'Repairs', paid: 'BY_HIERARCHY' },
  LOANS: { label: 'Loans', paid: 'BY_HIERARCHY' },
  DEPOSITS: { label: 'Deposits', paid: 'TARGETED' },
  MISC: { label: 'Miscellaneous', paid: 'BY_HIERARCHY' },
} as const satisfies Readonly<Record<string, CategoryRule>>;

export type Category = keyof typeof RULES;

export const CATEGORIES = codesOf(RULES);

/** The categories of obligations. EARNINGS is the category of payments. */
export const OBLIGATION_CATEGORIES = CATEGORIES.filter((category) => RULES[category].paid !== 'NEVER');

/** The order in which a payment by hierarchy pays obligations. */
export const PAYMENT_ORDER = CATEGORIES.filter((category) => RULES[category].paid === 'BY_HIERARCHY');

const inOrderOfPayment = new Set([...PAYMENT_ORDER, ...OBLIGATION_CATEGORIES, ...CATEGORIES]);

/** The labels in the order of payment; the categories outside that order are the last. */
export const CATEGORY_LABELS = Object.fromEntries(
  [...inOrderOfPayment].map((category) => [category, RULES[category].label]),
) as Readonly<Record<Category, string>>;
