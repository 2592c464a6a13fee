import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IdQueryField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto, unpaged } from '../../../platform/http/dto/page-query.dto.js';
import type { AgingExportInput, LoanAgingInput } from './loan-report.input.js';
import { AGING_SORTS } from './loan-report.input.js';

export class LoanAgingDto extends PageQueryDto implements LoanAgingInput {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @ApiPropertyOptional({ enum: AGING_SORTS, default: 'days_overdue' })
  @IsIn(AGING_SORTS, { message: `sort_by must be one of ${AGING_SORTS.join(', ')}` })
  sort_by: (typeof AGING_SORTS)[number] = 'days_overdue';
}

export class AgingExportDto extends unpaged(LoanAgingDto) implements AgingExportInput {}
