import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../../kernel/money/money.js';
import { Percentage } from '../../../../kernel/money/percentage.js';
import { DateField, IdField, MoneyField, PercentageField } from '../../../../platform/http/dto/fields.js';

/** The body of a creation, of which a preview needs only the terms; a borrower that is named is checked too. */
export class PreviewLoanDto {
  @IdField({ optional: true, example: 1 })
  driver_id?: number;

  @IdField({ optional: true, example: 1 })
  lease_id?: number;

  @MoneyField({ example: '1500.00' })
  loan_amount!: Money;

  @PercentageField({
    optional: true,
    example: '10.00',
    description: 'Percent a year; default LOAN_DEFAULT_INTEREST_RATE',
  })
  interest_rate?: Percentage;

  @DateField({ example: '2025-11-02', description: 'The Sunday on which repayment begins' })
  start_week!: CalendarDate;

  @ApiPropertyOptional({ maxLength: 255, example: 'Transmission repair' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  purpose?: string;

  @ApiPropertyOptional({ maxLength: 5000 })
  @IsOptional()
  @IsString()
  @MaxLength(5000)
  notes?: string;
}
