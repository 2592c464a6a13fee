import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import {
  CodeField,
  DateField,
  IdQueryField,
  InstantField,
  TextField,
} from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import type { BalanceListInput } from './balance.input.js';
import { BALANCE_STATUSES } from './balance-status.js';
import { BALANCE_SORTS } from './balance.input.js';

export class BalanceListDto extends PageQueryDto implements BalanceListInput {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @CodeField(CATEGORIES, { optional: true })
  category?: Category;

  @CodeField(BALANCE_STATUSES, { optional: true })
  status?: (typeof BALANCE_STATUSES)[number];

  @DateField({ description: 'Due on or after', optional: true })
  due_from?: CalendarDate;

  @DateField({ description: 'Due on or before', optional: true })
  due_to?: CalendarDate;

  @TextField({ optional: true, maxLength: 80, example: 'DL-2025-0001-INST-01' })
  reference_id?: string;

  @InstantField({ description: 'The state of the books at this instant', optional: true })
  as_of?: Date;

  @CodeField(BALANCE_SORTS, { default: 'due_date' })
  sort_by: (typeof BALANCE_SORTS)[number] = 'due_date';
}
