import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import type { Money } from '../../../../kernel/money/money.js';
import { checked } from '../../../../platform/http/body/validation.js';
import { CodeField, MoneyField, ReferenceField, TextField } from '../../../../platform/http/dto/fields.js';
import { DateCellField } from '../../../../platform/import/cells/date-cell.js';
import { withWordCell } from '../../../../platform/import/cells/word-cell.js';
import type { CsvLayout } from '../../../../platform/import/csv-layout.js';
import type { Cells } from '../../../../platform/import/row-error.js';
import { OBLIGATION_CATEGORIES } from '../../account/category.js';
import type { Category } from '../../account/category.js';
import { SourceIdField } from '../../account/source-fields.dto.js';

/** A charge from a row, with the rules of the fields of POST /ledger/obligations. */
export class ChargeEntry {
  @TextField({ maxLength: 20 })
  tlc_license_number!: string;

  /** Omitted: the driver's latest active lease */
  @ReferenceField({ optional: true, maxLength: 50 })
  lease_number?: string;

  @CodeField(OBLIGATION_CATEGORIES)
  category!: Category;

  @MoneyField()
  amount!: Money;

  /** The fleet's own number of the charge: the reference_id of the obligation */
  @SourceIdField('EZ-2025-44-0013')
  reference!: string;

  /** Omitted: the current payment week */
  @DateCellField({ optional: true })
  payment_period_start?: CalendarDate;

  /** Omitted: the Saturday of the week */
  @DateCellField({ optional: true })
  due_date?: CalendarDate;

  @TextField({ optional: true, maxLength: 255 })
  description?: string;
}

export const CHARGE_LAYOUT: CsvLayout = {
  required: ['tlc_license_number', 'category', 'amount', 'reference'],
  optional: ['lease_number', 'payment_period_start', 'due_date', 'description'],
};

/** Throws VALIDATION_FAILED. */
export function readCharge(cells: Cells): ChargeEntry {
  const { amount, ...others } = withWordCell(withWordCell(cells, 'tlc_license_number'), 'category');
  return checked(ChargeEntry, { ...others, amount: amount?.trim() });
}
