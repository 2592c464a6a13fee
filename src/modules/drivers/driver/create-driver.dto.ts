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

export class CreateDriverDto {
  @TlcLicenseNumberField()
  tlc_license_number!: string;

  @FirstNameField()
  first_name: string = '';

  @LastNameField()
  last_name!: string;

  @PhoneField()
  phone?: string | null;

  @EmailField()
  email?: string | null;

  @CodeField(DRIVER_STATUSES, { default: 'ACTIVE' })
  status: DriverStatus = 'ACTIVE';
}
