import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { isCalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { FieldError } from '../../../kernel/errors/domain-error.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { checked } from '../../../platform/http/body/validation.js';
import type { CsvLayout } from '../../../platform/import/csv-layout.js';
import { withWordCell } from '../../../platform/import/cells/word-cell.js';
import { DATE_FORMS, dateCell } from '../../../platform/import/cells/date-cell.js';
import type { Cells } from '../../../platform/import/row-error.js';
import { parseTlcName } from '../identity/tlc-name.js';
import type { DriverStatus } from '../driver/driver-status.js';
import { CreateDriverDto } from '../driver/create-driver.dto.js';

/** A driver from a row. Omitted fields of an existing driver remain unchanged. */
export interface DriverEntry {
  readonly tlc_license_number: string;
  /** Empty for a driver with only one name; undefined if the row has no first name */
  readonly first_name?: string;
  readonly last_name: string;
  readonly phone?: string | null;
  readonly email?: string | null;
  readonly status?: DriverStatus;
  /** The status of a new driver if the row has no status */
  readonly statusIfNew: DriverStatus;
  /** Whether the file has all names in capitals, so that their letter case carries no information */
  readonly isInCapitals: boolean;
}

interface DriverLayout extends CsvLayout {
  /** Throws VALIDATION_FAILED, whose fields are column names. */
  read(cells: Cells, today: CalendarDate): DriverEntry;
}

const FLEET: DriverLayout = {
  required: ['tlc_license_number', 'first_name', 'last_name'],
  optional: ['phone', 'email', 'status'],
  read: (cells) => {
    const { status, first_name, ...driver } = checked(CreateDriverDto, withWordCell(cells, 'status'));
    return {
      ...driver,
      ...(cells['first_name'] === undefined ? {} : { first_name }),
      ...(cells['status'] === undefined ? {} : { status }),
      statusIfNew: status,
      isInCapitals: false,
    };
  },
};

/**
 * The city's open lists of active drivers, of medallion taxis (data set jb3k-j3gp) and of for-hire vehicles
 * (xjfq-wh2d), with the column names of both their web pages and their APIs.
 */
const CITY: DriverLayout = {
  required: ['License Number', 'Name', 'Expiration Date'],
  optional: [
    'Type',
    ...['Wheelchair Accessible', 'Wheelchair Accessible Trained'],
    ...['Last Date Updated', 'Last Time Updated', 'Last Updated Date', 'Last Updated Time'],
  ],
  read: (cells, today) => {
    const name = parseTlcName(cells['Name'] ?? '');
    if (!name) throw cellError('Name', 'Name must be LAST,FIRST or LAST,FIRST,MIDDLE, or only LAST');
    const driver = checkedCityDriver({ tlc_license_number: cells['License Number'], ...name });
    const expires = dateCell(cells['Expiration Date']);
    if (!isCalendarDate(expires)) {
      throw cellError('Expiration Date', `Expiration Date must be a valid date in the form ${DATE_FORMS}`);
    }
    return { ...driver, statusIfNew: expires < today ? 'INACTIVE' : 'ACTIVE', isInCapitals: true };
  },
};

export const DRIVER_LAYOUTS = [FLEET, CITY] as const;

/** Validates with the rules of our fields and reports errors with the city's column names. */
function checkedCityDriver(
  fields: object,
): Pick<CreateDriverDto, 'tlc_license_number' | 'first_name' | 'last_name'> {
  try {
    const { tlc_license_number, first_name, last_name } = checked(CreateDriverDto, fields);
    return { tlc_license_number, first_name, last_name };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const columns = error.fields.map(({ field, message }) => ({ field: columnOf(field), message }));
    throw new DomainError(error.code, error.message, columns);
  }
}

function columnOf(field: string): string {
  return field === 'tlc_license_number' ? 'License Number' : 'Name';
}

function cellError(field: string, message: string): DomainError {
  const fields: FieldError[] = [{ field, message }];
  return new DomainError('VALIDATION_FAILED', `${message}.`, fields);
}
