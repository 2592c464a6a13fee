import type { Schemas } from '../../../api/client';
import { isZero, parseMoney } from '../../../shared/format';
import { CATEGORIES } from '../categories';

type Body = Schemas['RecordObligationDto'];

type Category = Body['category'];

/**
 * What the reference number counts: the service accepts each number of a type once. A category that is not listed is its
 * own type.
 */
const REFERENCE_TYPES: Partial<Readonly<Record<Category, string>>> = {
  TAXES: 'TAX',
  EZPASS: 'TOLLS',
  LEASE: 'LEASE_FEE',
  PVB: 'SUMMONS',
  TLC: 'TLC_FEE',
  REPAIRS: 'REPAIR',
  MISC: 'CHARGE',
  DEPOSITS: 'DEPOSIT',
};

/** The categories that a clerk charges. EARNINGS is not an obligation; LOANS are charged by their installments. */
export const CHARGE_CATEGORIES = CATEGORIES.filter(
  (code): code is Category => code !== 'EARNINGS' && code !== 'LOANS',
);

/** The input of the user, as typed. */
export interface Charge {
  /** Null before the user has chosen: a default would be recorded unnoticed */
  readonly category: Category | null;
  readonly amount: string;
  /** The Sunday of the week; null for the current week */
  readonly week: string | null;
  /** '' for the Saturday of the week; null while the date is incomplete */
  readonly dueDate: string | null;
  readonly reference: string;
  readonly note: string;
}

interface Account {
  readonly driverId: number;
  readonly leaseId: number;
}

/** The name of the form for its draft */
export const chargeForm = ({ driverId, leaseId }: Account): string => `charge/${driverId}/${leaseId}`;

export const EMPTY_CHARGE: Charge = {
  category: null,
  amount: '',
  week: null,
  dueDate: '',
  reference: '',
  note: '',
};

/** The charge in the form of the API; null while the input is incomplete or the amount is invalid. */
export function toObligation(
  { category, week, dueDate, ...typed }: Charge,
  { driverId, leaseId }: Account,
): Body | null {
  const amount = parseMoney(typed.amount);
  const reference = typed.reference.trim();
  const isIncomplete = category === null || reference === '' || week === null || dueDate === null;
  if (isIncomplete || amount === null || isZero(amount)) return null;
  return {
    driver_id: driverId,
    lease_id: leaseId,
    category,
    amount,
    reference_type: REFERENCE_TYPES[category] ?? category,
    reference_id: reference,
    payment_period_start: week,
    due_date: dueDate || undefined,
    description: typed.note.trim() || undefined,
  };
}
