import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
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

  @ApiPropertyOptional({ enum: DRIVER_STATUSES, default: 'ACTIVE' })
  @IsIn(DRIVER_STATUSES, { message: `status must be ${DRIVER_STATUSES.join(', ')}` })
  status: DriverStatus = 'ACTIVE';
}
