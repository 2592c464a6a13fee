import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { ListRequest } from '../../../platform/database/page.js';
import type { Category } from '../account/category.js';
import type { PostingKind, PostingStatus } from './posting-kind.js';

export const POSTING_SORTS = ['posted_at', 'amount', 'payment_period_start'] as const;

export interface PostingListInput extends ListRequest {
  readonly driver_id?: number;
  readonly lease_id?: number;
  readonly category?: Category;
  readonly posting_type?: 'DEBIT' | 'CREDIT';
  readonly kind?: PostingKind;
  readonly status?: PostingStatus;
  readonly source_type?: string;
  readonly source_id?: string;
  readonly period_from?: CalendarDate;
  readonly period_to?: CalendarDate;
  readonly posted_from?: CalendarDate;
  readonly posted_to?: CalendarDate;
  readonly posted_by?: number;
  readonly sort_by: (typeof POSTING_SORTS)[number];
}
