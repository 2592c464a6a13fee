import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { DateField } from '../../../../platform/http/dto/fields.js';
import { LOAN_STATUSES } from '../../domain/loan-status.js';
import type { LoanStatus } from '../../domain/loan-status.js';

export class ChangeLoanStatusDto {
  @ApiProperty({ enum: LOAN_STATUSES, example: 'ON_HOLD' })
  @IsIn(LOAN_STATUSES, { message: `status must be one of ${LOAN_STATUSES.join(', ')}` })
  status!: LoanStatus;

  @ApiProperty({ example: 'Driver is in hospital', maxLength: 255 })
  @Transform(({ value }) => (typeof value === 'string' ? value.trim() : (value as unknown)))
  @IsString({ message: 'reason must be a text' })
  @Length(1, 255, { message: 'reason must have 1 to 255 characters' })
  reason!: string;

  @DateField({
    optional: true,
    description: 'Resume only: the Sunday on which repayment goes on; default the next payment week',
  })
  resume_week?: CalendarDate;

  @ApiPropertyOptional({ description: 'Resume only: ask no interest for the gap', default: false })
  @IsOptional()
  @IsBoolean({ message: 'waive_interest must be true or false' })
  waive_interest?: boolean;
}
