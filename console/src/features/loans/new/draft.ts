import { parseMoney, parseRate } from '../../../shared/format';
import type { Schemas } from '../../../api/client';

/** The name of the form for its draft */
export const LOAN_FORM = 'loan';

/** The input of the user, as typed. */
export interface Draft {
  readonly driverId: number | null;
  readonly leaseId: number | null;
  readonly amount: string;
  readonly rate: string;
  readonly startWeek: string | null;
  readonly purpose: string;
  readonly notes: string;
}

export const EMPTY_DRAFT: Draft = {
  driverId: null,
  leaseId: null,
  amount: '',
  rate: '',
  startWeek: null,
  purpose: '',
  notes: '',
};

/** The terms in the form of the API; null while the input is incomplete or invalid. */
export function toTerms(draft: Draft): Schemas['CreateLoanDto'] | null {
  const amount = parseMoney(draft.amount);
  const rate = parseRate(draft.rate);
  const { driverId, leaseId, startWeek } = draft;
  if (amount === null || rate === null || driverId === null || leaseId === null || startWeek === null)
    return null;
  return {
    driver_id: driverId,
    lease_id: leaseId,
    loan_amount: amount,
    ...(rate === '' ? {} : { interest_rate: rate }),
    start_week: startWeek,
    ...(draft.purpose.trim() === '' ? {} : { purpose: draft.purpose.trim() }),
    ...(draft.notes.trim() === '' ? {} : { notes: draft.notes.trim() }),
  };
}
