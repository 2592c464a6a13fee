import { codesOf } from '../../../kernel/codes/labels.js';

export const BALANCE_STATUS_LABELS = {
  OPEN: 'Open',
  CLOSED: 'Closed',
  DISPUTED: 'Disputed',
  VOIDED: 'Voided',
} as const;

export type BalanceStatus = keyof typeof BALANCE_STATUS_LABELS;

export const BALANCE_STATUSES = codesOf(BALANCE_STATUS_LABELS);
