import type { Schemas } from '../../../api/client';
import { isZero, parseMoney } from '../../../shared/format';

type Body = Schemas['RecordObligationDto'];

/** What the reference number counts, by category: the service takes each number of a kind once. */
const REFERENCE_TYPES = {
  TAXES: 'TAX',
  EZPASS: 'TOLLS',
  LEASE: 'LEASE_FEE',
  PVB: 'SUMMONS',
  TLC: 'TLC_FEE',
  REPAIRS: 'REPAIR',
  MISC: 'CHARGE',
  DEPOSITS: 'DEPOSIT',
} as const;

/** What is charged by hand; LOANS are charged by their installments. */
type Category = keyof typeof REFERENCE_TYPES;

export const CHARGED = Object.keys(REFERENCE_TYPES) as readonly Category[];

/** What the clerk has typed so far, as typed. */
export interface Charge {
  readonly category: Category;
  readonly amount: string;
  /** The Sunday; null for the current week */
  readonly week: string | null;
  /** '' for the Saturday of the week, null while it is no whole date */
  readonly dueDate: string | null;
  readonly reference: string;
  readonly note: string;
}

export const EMPTY_CHARGE: Charge = {
  category: 'PVB',
  amount: '',
  week: null,
  dueDate: '',
  reference: '',
  note: '',
};

/** The charge as the API takes it; null while something is missing or is no amount. */
export function chargeOf(
  { category, week, dueDate, ...typed }: Charge,
  { driverId, leaseId }: { readonly driverId: number; readonly leaseId: number },
): Body | null {
  const amount = parseMoney(typed.amount);
  const reference = typed.reference.trim();
  if (amount === null || isZero(amount) || reference === '' || week === null || dueDate === null) return null;
  return {
    driver_id: driverId,
    lease_id: leaseId,
    category,
    amount,
    reference_type: REFERENCE_TYPES[category],
    reference_id: reference,
    payment_period_start: week,
    due_date: dueDate || undefined,
    description: typed.note.trim() || undefined,
  };
}
