import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField, IdQueryField, SearchField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { LOAN_STATUSES } from '../loan/loan-status.js';
import type { LoanStatus } from '../loan/loan-status.js';
import type { LoanListInput } from './loan.input.js';
import { LOAN_SORTS } from './loan.input.js';

export class LoanListDto extends PageQueryDto implements LoanListInput {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @ApiPropertyOptional({ enum: LOAN_STATUSES })
  @IsOptional()
  @IsIn(LOAN_STATUSES, { message: `status must be one of ${LOAN_STATUSES.join(', ')}` })
  status?: LoanStatus;

  @DateField({ optional: true, description: 'Lent on or after' })
  date_from?: CalendarDate;

  @DateField({ optional: true, description: 'Lent on or before' })
  date_to?: CalendarDate;

  @SearchField({
    description:
      'Part of the loan id, or words of the driver name or TLC license number, in any order and without accents',
  })
  q?: string;

  @ApiPropertyOptional({ enum: LOAN_SORTS, default: 'loan_date' })
  @IsIn(LOAN_SORTS, { message: `sort_by must be one of ${LOAN_SORTS.join(', ')}` })
  sort_by: (typeof LOAN_SORTS)[number] = 'loan_date';
}
