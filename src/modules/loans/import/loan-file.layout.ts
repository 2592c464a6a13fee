import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { checked } from '../../../platform/http/body/validation.js';
import { ReferenceField } from '../../../platform/http/dto/fields.js';
import type { CsvLayout } from '../../../platform/import/csv-layout.js';
import { DateCellField } from '../../../platform/import/cells/date-cell.js';
import type { Cells } from '../../../platform/import/row-error.js';
import { TlcLicenseNumberField } from '../../drivers/index.js';
import { LeaseNumberField } from '../../leases/index.js';
import { LoanTermsDto } from '../origination/loan-terms.dto.js';

/** A row of the file, with the validation rules of POST /loans. */
export class LoanEntry extends LoanTermsDto {
  /** The fleet's own number for the loan */
  @ReferenceField({ maxLength: 50 })
  reference!: string;

  @TlcLicenseNumberField()
  tlc_license_number!: string;

  @LeaseNumberField()
  lease_number!: string;

  @DateCellField()
  declare start_week: CalendarDate;
}

export const LOAN_LAYOUT: CsvLayout = {
  required: ['reference', 'tlc_license_number', 'lease_number', 'loan_amount', 'start_week'],
  optional: ['interest_rate', 'purpose', 'notes'],
};

/** Throws VALIDATION_FAILED. */
export function readLoan(cells: Cells): LoanEntry {
  const { loan_amount, interest_rate, ...others } = cells;
  return checked(LoanEntry, {
    ...others,
    loan_amount: loan_amount?.trim(),
    ...(interest_rate === undefined ? {} : { interest_rate: interest_rate.trim() }),
  });
}
