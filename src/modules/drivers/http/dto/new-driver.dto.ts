import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { DRIVER_STATUSES } from '../../domain/driver-status.js';
import type { DriverStatus } from '../../domain/driver-status.js';
import { EmailField, PersonNameField, PhoneField, TlcLicenseNumberField } from './driver-fields.js';

export class NewDriverDto {
  @TlcLicenseNumberField()
  tlc_license_number!: string;

  @PersonNameField({ example: 'Amar' })
  first_name!: string;

  @PersonNameField({ example: 'Singh' })
  last_name!: string;

  @PhoneField()
  phone?: string | null;

  @EmailField()
  email?: string | null;

  @ApiPropertyOptional({ enum: DRIVER_STATUSES, default: 'ACTIVE' })
  @IsIn(DRIVER_STATUSES, { message: `status must be ${DRIVER_STATUSES.join(', ')}` })
  status: DriverStatus = 'ACTIVE';
}
