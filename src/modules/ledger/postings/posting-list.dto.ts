import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { CodeField, DateField, IdQueryField, TextField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import { POSTING_KINDS, POSTING_STATUSES } from './posting-kind.js';
import type { PostingKind, PostingStatus } from './posting-kind.js';
import type { PostingListInput } from './posting.input.js';
import { POSTING_SORTS } from './posting.input.js';

export class PostingListDto extends PageQueryDto implements PostingListInput {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @CodeField(CATEGORIES, { optional: true })
  category?: Category;

  @CodeField(['DEBIT', 'CREDIT'], { optional: true })
  posting_type?: 'DEBIT' | 'CREDIT';

  @CodeField(POSTING_KINDS, { optional: true })
  kind?: PostingKind;

  @CodeField(POSTING_STATUSES, { optional: true })
  status?: PostingStatus;

  @TextField({ optional: true, maxLength: 40, example: 'LOAN_INSTALLMENT' })
  source_type?: string;

  @TextField({ optional: true, maxLength: 80, example: 'DL-2025-0001-INST-01' })
  source_id?: string;

  @DateField({ description: 'Payment weeks that begin on or after this Sunday', optional: true })
  period_from?: CalendarDate;

  @DateField({ description: 'Payment weeks that begin on or before this Sunday', optional: true })
  period_to?: CalendarDate;

  @DateField({ description: "Posted on or after this day in the fleet's time zone", optional: true })
  posted_from?: CalendarDate;

  @DateField({ description: "Posted on or before this day in the fleet's time zone", optional: true })
  posted_to?: CalendarDate;

  @IdQueryField({ description: 'The user who posted it', optional: true })
  posted_by?: number;

  @CodeField(POSTING_SORTS, { default: 'posted_at' })
  sort_by: (typeof POSTING_SORTS)[number] = 'posted_at';
}
