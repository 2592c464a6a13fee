import type { Schemas } from '../../../api/client';
import { isZero, parseMoney } from '../../../shared/format';
import type { ReceiptNote } from '../../../shared/forms/payment-fields';
import { EMPTY_NOTE, toReceiptNote } from '../../../shared/forms/payment-fields';

/** The payment method of each source type. */
const METHODS = {
  CASH: 'CASH',
  CHECK: 'CHECK',
  CARD: 'CARD',
  BANK_TRANSFER: 'TRANSFER',
  WEEKLY_EARNINGS: 'EARNINGS',
  OTHER: 'OTHER',
} as const;

type Kind = keyof typeof METHODS;

export const KINDS = Object.keys(METHODS) as readonly Kind[];

/** The input of the user, as typed. */
export interface Receipt extends ReceiptNote {
  readonly mode: 'hierarchy' | 'targeted';
  readonly amount: string;
  /** The Sunday of the week; null for the current week */
  readonly week: string | null;
  /** Null before the user has chosen */
  readonly kind: Kind | null;
  readonly reference: string;
  /** The amount to pay for each balance id, for a targeted payment */
  readonly amounts: Readonly<Record<string, string>>;
}

export const EMPTY_RECEIPT: Receipt = {
  mode: 'hierarchy',
  amount: '',
  week: null,
  kind: null,
  reference: '',
  amounts: {},
  ...EMPTY_NOTE,
};

export type Payment =
  | { readonly mode: 'hierarchy'; readonly body: Schemas['PayByHierarchyDto'] }
  | { readonly mode: 'targeted'; readonly body: Schemas['PayTargetedDto'] };

/** The payment in the form of the API; null while the input is incomplete or an amount is invalid. */
export function toPayment(
  receipt: Receipt,
  { driverId, leaseId }: { readonly driverId: number; readonly leaseId: number },
): Payment | null {
  const amount = parseMoney(receipt.amount);
  const reference = receipt.reference.trim();
  const note = toReceiptNote(receipt);
  const targets = Object.entries(receipt.amounts).filter(([, typed]) => typed.trim() !== '');
  const allocations = targets.map(([balance_id, typed]) => ({ balance_id, amount: parseMoney(typed) ?? '' }));
  const { kind, week } = receipt;
  if (
    amount === null ||
    isZero(amount) ||
    reference === '' ||
    kind === null ||
    week === null ||
    note === null
  ) {
    return null;
  }
  const common = {
    driver_id: driverId,
    lease_id: leaseId,
    amount,
    payment_period_start: week,
    source_type: kind,
    source_id: reference,
    method: METHODS[kind],
    ...note,
  };
  if (receipt.mode === 'hierarchy') return { mode: 'hierarchy', body: common };
  if (allocations.length === 0 || allocations.some((part) => part.amount === '')) return null;
  return { mode: 'targeted', body: { ...common, allocations } };
}
