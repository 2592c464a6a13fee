import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { DateField } from '../../../../platform/http/dto/fields.js';

export class PostInstallmentsDto {
  @ApiPropertyOptional({ description: 'Post this loan alone', example: 'DL-2025-0001' })
  @IsOptional()
  @IsString()
  @Length(1, 40)
  loan_id?: string;

  @DateField({
    optional: true,
    description: 'Sunday of the first week; default the current payment week',
    example: '2025-11-02',
  })
  payment_period_start?: CalendarDate;

  @DateField({
    optional: true,
    description: 'Saturday of the last week; default the week of the start',
    example: '2025-11-08',
  })
  payment_period_end?: CalendarDate;

  @ApiPropertyOptional({ description: 'Answer what a real run would, and post nothing', default: false })
  @IsOptional()
  @IsBoolean({ message: 'dry_run must be true or false' })
  dry_run: boolean = false;
}
