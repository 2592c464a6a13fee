import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { DateField, MoneyField, PercentageField, TextField } from '../../../platform/http/dto/fields.js';
import type { LoanTermsInput } from './origination.input.js';

export class LoanTermsDto implements LoanTermsInput {
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

  @TextField({
    optional: true,
    nullable: true,
    minLength: 0,
    maxLength: 255,
    example: 'Transmission repair',
  })
  purpose?: string | null;

  @TextField({ optional: true, nullable: true, multiline: true, minLength: 0, maxLength: 5000 })
  notes?: string | null;
}
