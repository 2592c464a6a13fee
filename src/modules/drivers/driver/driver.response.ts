import { ApiProperty } from '@nestjs/swagger';
import { DRIVER_STATUSES } from './driver-status.js';
import type { DriverStatus } from './driver-status.js';
import type { DriverView } from './driver.view.js';

export class DriverResponse implements DriverView {
  @ApiProperty({ type: 'integer', example: 12 })
  id!: number;

  @ApiProperty({ example: '5123456' })
  tlc_license_number!: string;

  @ApiProperty({ example: 'Amar' })
  first_name!: string;

  @ApiProperty({ example: 'Singh' })
  last_name!: string;

  @ApiProperty({ type: String, nullable: true, example: '+1 212 555 0142' })
  phone!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'amar.singh@example.com' })
  email!: string | null;

  @ApiProperty({ enum: DRIVER_STATUSES })
  status!: DriverStatus;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-10-29T13:00:00.000Z' })
  created_on!: Date;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-10-29T13:00:00.000Z' })
  updated_on!: Date;
}
