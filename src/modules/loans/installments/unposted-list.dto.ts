import { ApiPropertyOptional } from '@nestjs/swagger';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import {
  CodeField,
  CodesQueryField,
  DateField,
  IdQueryField,
  TextField,
} from '../../../platform/http/dto/fields.js';
import { INSTALLMENT_STATUSES } from '../loan/loan-status.js';
import type { InstallmentStatus } from '../loan/loan-status.js';
import type { UnpostedListInput } from './installment.input.js';
import { INSTALLMENT_SORTS } from './installment.input.js';
import { LoanFilterDto } from '../search/loan-filter.dto.js';

export class UnpostedListDto extends LoanFilterDto implements UnpostedListInput {
  @TextField({ optional: true, maxLength: 40, example: 'DL-2025-0001' })
  loan_id?: string;

  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @IdQueryField({ optional: true })
  medallion_id?: number;

  @IdQueryField({ optional: true })
  vehicle_id?: number;

  @DateField({ optional: true, description: 'Weeks that end on or after' })
  period_start?: CalendarDate;

  @DateField({ optional: true, description: 'Weeks that begin on or before' })
  period_end?: CalendarDate;

  @CodesQueryField(INSTALLMENT_STATUSES, {
    optional: true,
    description: 'DUE: unposted, and its week has begun',
  })
  status?: InstallmentStatus[];

  @CodeField(INSTALLMENT_SORTS, { default: 'due_date' })
  sort_by: (typeof INSTALLMENT_SORTS)[number] = 'due_date';

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc' })
  override sort_order: 'asc' | 'desc' = 'asc';
}
