import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IdQueryField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';

const SORT_FIELDS = ['days_overdue', 'overdue'] as const;

export class LoanAgingDto extends PageQueryDto {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @ApiPropertyOptional({ enum: SORT_FIELDS, default: 'days_overdue' })
  @IsIn(SORT_FIELDS, { message: `sort_by must be one of ${SORT_FIELDS.join(', ')}` })
  sort_by: (typeof SORT_FIELDS)[number] = 'days_overdue';
}
