import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField, IdQueryField, InstantField, TextField } from '../../../platform/http/dto/fields.js';
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

  @ApiPropertyOptional({ enum: CATEGORIES })
  @IsOptional()
  @IsIn(CATEGORIES, { message: `category must be one of ${CATEGORIES.join(', ')}` })
  category?: Category;

  @ApiPropertyOptional({ enum: BALANCE_STATUSES })
  @IsOptional()
  @IsIn(BALANCE_STATUSES, { message: `status must be one of ${BALANCE_STATUSES.join(', ')}` })
  status?: (typeof BALANCE_STATUSES)[number];

  @DateField({ description: 'Due on or after', optional: true })
  due_from?: CalendarDate;

  @DateField({ description: 'Due on or before', optional: true })
  due_to?: CalendarDate;

  @TextField({ optional: true, maxLength: 80, example: 'DL-2025-0001-INST-01' })
  reference_id?: string;

  @InstantField({ description: 'The state of the books at this instant', optional: true })
  as_of?: Date;

  @ApiPropertyOptional({ enum: BALANCE_SORTS, default: 'due_date' })
  @IsIn(BALANCE_SORTS, { message: `sort_by must be one of ${BALANCE_SORTS.join(', ')}` })
  sort_by: (typeof BALANCE_SORTS)[number] = 'due_date';
}
