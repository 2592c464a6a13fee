import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import {
  CodeField,
  DateField,
  IdQueryField,
  SearchField,
  TextField,
} from '../../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../../platform/http/dto/page-query.dto.js';
import { CATEGORIES } from '../../account/category.js';
import type { Category } from '../../account/category.js';
import { PAYMENT_METHODS, POSTING_STATUSES } from '../../postings/posting-kind.js';
import type { PaymentMethod, PostingStatus } from '../../postings/posting-kind.js';
import { PAYMENT_SORTS } from './payment-list.input.js';
import type { PaymentListInput } from './payment-list.input.js';

export class PaymentListDto extends PageQueryDto implements PaymentListInput {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ description: 'The lease under which the payment is recorded', optional: true })
  lease_id?: number;

  @CodeField(PAYMENT_METHODS, { optional: true })
  method?: PaymentMethod;

  @TextField({ optional: true, maxLength: 40, example: 'WEEKLY_EARNINGS' })
  source_type?: string;

  @DateField({ description: 'Received on or after this day', optional: true })
  received_from?: CalendarDate;

  @DateField({ description: 'Received on or before this day', optional: true })
  received_to?: CalendarDate;

  @IdQueryField({ description: 'The user who posted it', optional: true })
  posted_by?: number;

  @CodeField(CATEGORIES, {
    description: 'Payments that paid a balance of this category, and recoveries of it',
    optional: true,
  })
  category?: Category;

  @CodeField(POSTING_STATUSES, { optional: true })
  status?: PostingStatus;

  @SearchField({
    description:
      'Parts of the name of the driver, the beginning of the TLC number, a whole posting_id or source_id',
  })
  q?: string;

  @CodeField(PAYMENT_SORTS, { default: 'posted_at' })
  sort_by: (typeof PAYMENT_SORTS)[number] = 'posted_at';
}
