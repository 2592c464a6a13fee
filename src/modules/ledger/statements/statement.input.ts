import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';

export const STATEMENT_FORMATS = ['json', 'pdf'] as const;

export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

export interface StatementInput {
  readonly driver_id: number;
  readonly lease_id: number;
  readonly period_start: CalendarDate;
  readonly as_of?: Date;
  readonly format: StatementFormat;
}
