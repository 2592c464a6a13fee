import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Percentage } from '../../../kernel/money/percentage.js';
import {
  DateField,
  MoneyField,
  PercentageField,
  SearchField,
  TextField,
} from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import { TlcLicenseNumberField } from '../../drivers/index.js';
import type { LoanFilterInput } from './loan-filter.input.js';

/** The filters that the lists of loans and of installments share. */
export class LoanFilterDto extends PageQueryDto implements LoanFilterInput {
  @TlcLicenseNumberField({ optional: true })
  tlc_license_number?: string;

  @SearchField({ description: 'Words of the driver name, in any order and without accents' })
  driver_name?: string;

  @TextField({ optional: true, maxLength: 20, example: '1A10', description: 'The medallion of the lease' })
  medallion_number?: string;

  @MoneyField({
    optional: true,
    description: 'The amount lent, or the total due of an installment: at least',
  })
  amount_from?: Money;

  @MoneyField({ optional: true, description: 'The amount lent, or the total due of an installment: at most' })
  amount_to?: Money;

  @PercentageField({ optional: true, description: 'Annual interest rate of the loan in percent: at least' })
  rate_from?: Percentage;

  @PercentageField({ optional: true, description: 'Annual interest rate of the loan in percent: at most' })
  rate_to?: Percentage;

  @DateField({ optional: true, description: 'First week of the loan: begins on or after' })
  start_week_from?: CalendarDate;

  @DateField({ optional: true, description: 'First week of the loan: begins on or before' })
  start_week_to?: CalendarDate;
}
