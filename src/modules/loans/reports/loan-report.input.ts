import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { ListRequest, Unpaged } from '../../../platform/database/page.js';

export const AGING_SORTS = ['days_overdue', 'overdue'] as const;

export interface LoanAgingInput extends ListRequest {
  readonly driver_id?: number;
  readonly lease_id?: number;
  readonly sort_by: (typeof AGING_SORTS)[number];
}

export type AgingExportInput = Unpaged<LoanAgingInput>;

export interface LoanCollectionsInput {
  readonly period_start?: CalendarDate;
  readonly period_end?: CalendarDate;
}

export interface LoanForecastInput {
  readonly weeks: number;
}
