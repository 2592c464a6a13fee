import { CodeField } from '../../../platform/http/dto/fields.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { checked } from '../../../platform/http/body/validation.js';
import type { CsvLayout } from '../../../platform/import/csv-layout.js';
import { withWordCell } from '../../../platform/import/cells/word-cell.js';
import { DateCellField } from '../../../platform/import/cells/date-cell.js';
import type { Cells } from '../../../platform/import/row-error.js';
import { TlcLicenseNumberField } from '../../drivers/index.js';
import { LEASE_STATUSES } from '../lease/lease-status.js';
import type { LeaseStatus } from '../lease/lease-status.js';
import { CabNumberField, LeaseNumberField } from '../lease/lease-fields.dto.js';

/** A lease from a row, with the same rules as the fields of POST and PATCH. */
export class LeaseEntry {
  @LeaseNumberField()
  lease_number!: string;

  @TlcLicenseNumberField()
  tlc_license_number!: string;

  @CabNumberField({ example: '1A23', required: true })
  medallion_number!: string;

  @CabNumberField({ example: 'T123456C', required: true })
  vehicle_plate!: string;

  @DateCellField()
  start_date!: CalendarDate;

  /** Omitted: unchanged, or for a new lease: until further notice */
  @DateCellField({ optional: true })
  end_date?: CalendarDate;

  /** Omitted: unchanged, or for a new lease: ACTIVE */
  @CodeField(LEASE_STATUSES, { optional: true })
  status?: LeaseStatus;
}

export const LEASE_LAYOUT: CsvLayout = {
  required: ['lease_number', 'tlc_license_number', 'medallion_number', 'vehicle_plate', 'start_date'],
  optional: ['end_date', 'status'],
};

/** Throws VALIDATION_FAILED. */
export function readLease(cells: Cells): LeaseEntry {
  return checked(LeaseEntry, withWordCell(cells, 'status'));
}
