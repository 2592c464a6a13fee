import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { ListRequest } from '../../../../platform/database/page.js';
import type { Category } from '../../account/category.js';
import type { PaymentMethod, PostingStatus } from '../../postings/posting-kind.js';

export const PAYMENT_SORTS = ['posted_at', 'received_on', 'amount'] as const;

export interface PaymentListInput extends ListRequest {
  readonly driver_id?: number;
  readonly lease_id?: number;
  readonly method?: PaymentMethod;
  readonly source_type?: string;
  readonly received_from?: CalendarDate;
  readonly received_to?: CalendarDate;
  readonly posted_by?: number;
  readonly category?: Category;
  readonly status?: PostingStatus;
  readonly q?: string;
  readonly sort_by: (typeof PAYMENT_SORTS)[number];
}
