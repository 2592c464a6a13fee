import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';

export const RECEIPT_GROUPS = ['day', 'method', 'posted_by', 'category'] as const;

export type ReceiptGroup = (typeof RECEIPT_GROUPS)[number];

export interface ReceiptsReportInput {
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly group_by: ReceiptGroup[];
}
