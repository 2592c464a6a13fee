import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { wholeNumber } from '../../../platform/http/dto/fields.js';
import { MAX_REPORT_WEEKS } from './report-period.js';
import type { LoanForecastInput } from './loan-report.input.js';

const WEEKS = `weeks must be a whole number from 1 to ${MAX_REPORT_WEEKS}`;

export class LoanForecastDto implements LoanForecastInput {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_REPORT_WEEKS, default: 12 })
  @Transform(({ value }) => wholeNumber(value))
  @IsInt({ message: WEEKS })
  @Min(1, { message: WEEKS })
  @Max(MAX_REPORT_WEEKS, { message: WEEKS })
  weeks: number = 12;
}
