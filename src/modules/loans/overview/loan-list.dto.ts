import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import {
  CodeField,
  CodesQueryField,
  DateField,
  IdQueryField,
  SearchField,
} from '../../../platform/http/dto/fields.js';
import { LOAN_STATUSES } from '../loan/loan-status.js';
import type { LoanStatus } from '../loan/loan-status.js';
import type { LoanListInput } from './loan.input.js';
import { LOAN_SORTS } from './loan.input.js';
import { LoanFilterDto } from '../search/loan-filter.dto.js';

export class LoanListDto extends LoanFilterDto implements LoanListInput {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @CodesQueryField(LOAN_STATUSES, { optional: true })
  status?: LoanStatus[];

  @DateField({ optional: true, description: 'Lent on or after' })
  date_from?: CalendarDate;

  @DateField({ optional: true, description: 'Lent on or before' })
  date_to?: CalendarDate;

  @SearchField({
    description:
      'Part of the loan id, or words of the driver name or TLC license number, in any order and without accents',
  })
  q?: string;

  @CodeField(LOAN_SORTS, { default: 'loan_date' })
  sort_by: (typeof LOAN_SORTS)[number] = 'loan_date';
}
