import { CodeField } from '../../../platform/http/dto/fields.js';
import { DRIVER_STATUSES } from './driver-status.js';
import type { DriverStatus } from './driver-status.js';
import {
  EmailField,
  FirstNameField,
  LastNameField,
  PhoneField,
  TlcLicenseNumberField,
} from './driver-fields.dto.js';

/** At least one field. Omitted fields remain unchanged; null removes the phone or the e-mail address. */
export class UpdateDriverDto {
  @TlcLicenseNumberField({ optional: true })
  tlc_license_number?: string;

  @FirstNameField()
  first_name?: string;

  @LastNameField({ optional: true })
  last_name?: string;

  @PhoneField()
  phone?: string | null;

  @EmailField()
  email?: string | null;

  @CodeField(DRIVER_STATUSES, { optional: true })
  status?: DriverStatus;
}
