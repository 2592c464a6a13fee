import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField, IdQueryField, InstantField, TextField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { CATEGORIES } from './category.js';
import type { Category } from './category.js';

const STATUSES = ['OPEN', 'CLOSED', 'DISPUTED', 'VOIDED'] as const;
const SORT_FIELDS = ['due_date', 'original_amount', 'outstanding_balance'] as const;

export class BalanceListDto extends PageQueryDto {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @ApiPropertyOptional({ enum: CATEGORIES })
  @IsOptional()
  @IsIn(CATEGORIES, { message: `category must be one of ${CATEGORIES.join(', ')}` })
  category?: Category;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES, { message: `status must be one of ${STATUSES.join(', ')}` })
  status?: (typeof STATUSES)[number];

  @DateField({ description: 'Due on or after', optional: true })
  due_from?: CalendarDate;

  @DateField({ description: 'Due on or before', optional: true })
  due_to?: CalendarDate;

  @TextField({ optional: true, maxLength: 80, example: 'DL-2025-0001-INST-01' })
  reference_id?: string;

  @InstantField({ description: 'As the books stood at this instant', optional: true })
  as_of?: Date;

  @ApiPropertyOptional({ enum: SORT_FIELDS, default: 'due_date' })
  @IsIn(SORT_FIELDS, { message: `sort_by must be one of ${SORT_FIELDS.join(', ')}` })
  sort_by: (typeof SORT_FIELDS)[number] = 'due_date';
}
