/** How an allocation was decided, as the ledger stores it. */
export const ALLOCATION_TYPE_LABELS = {
  HIERARCHY: 'By hierarchy',
  TARGETED: 'Named by the cashier',
} as const;

export type AllocationType = keyof typeof ALLOCATION_TYPE_LABELS;

/** Why a payment paid a balance (docs/domain.md, "Targeted payment"). */
export const ALLOCATION_REASON_LABELS = {
  NAMED: 'Named by the cashier',
  HIERARCHY: 'By hierarchy',
  REST: 'Rest of the payment: the lease first, then by hierarchy',
  CREDIT: 'Paid by an earlier credit of the driver',
} as const;

export type AllocationReason = keyof typeof ALLOCATION_REASON_LABELS;

/** What a payment must know of its allocation to explain it. */
interface ExplainedAllocation {
  readonly paymentPostingId: string;
  readonly type: AllocationType;
}

/** Why the payment has the allocation. The rest of a targeted payment is paid as `REST`. */
export function allocationReason(
  { paymentPostingId, type }: ExplainedAllocation,
  payment: { readonly postingId: string; readonly isTargeted: boolean },
): AllocationReason {
  if (paymentPostingId !== payment.postingId) return 'CREDIT';
  if (type === 'TARGETED') return 'NAMED';
  return payment.isTargeted ? 'REST' : 'HIERARCHY';
}
