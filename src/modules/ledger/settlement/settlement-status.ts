import { codesOf } from '../../../kernel/codes/labels.js';

export const SETTLEMENT_RUN_STATUS_LABELS = {
  RUNNING: 'Running',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  VOIDED: 'Voided',
} as const;

export type SettlementRunStatus = keyof typeof SETTLEMENT_RUN_STATUS_LABELS;

export const SETTLEMENT_RUN_STATUSES = codesOf(SETTLEMENT_RUN_STATUS_LABELS);

export const SETTLEMENT_LINE_STATUS_LABELS = {
  PENDING: 'Pending',
  PAID: 'Paid',
  NOTHING_DUE: 'Nothing due',
  REJECTED: 'Rejected',
  VOIDED: 'Voided',
} as const;

export type SettlementLineStatus = keyof typeof SETTLEMENT_LINE_STATUS_LABELS;

export const SETTLEMENT_LINE_STATUSES = codesOf(SETTLEMENT_LINE_STATUS_LABELS);
