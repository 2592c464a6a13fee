import { ApiProperty } from '@nestjs/swagger';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { NamedDriverResponse } from '../../drivers/index.js';
import { LEASE_STATUSES } from './lease-status.js';
import type { LeaseStatus } from './lease-status.js';
import type { LeaseView } from './lease-view.sql.js';

export class LeaseResponse implements LeaseView {
  @ApiProperty({ type: 'integer', example: 42 })
  id!: number;

  @ApiProperty({ example: 'L-2025-0042' })
  lease_number!: string;

  @ApiProperty({ type: 'integer', example: 12 })
  driver_id!: number;

  @ApiProperty({ type: 'integer', example: 7 })
  medallion_id!: number;

  @ApiProperty({ example: '1A23' })
  medallion_number!: string;

  @ApiProperty({ type: 'integer', example: 9 })
  vehicle_id!: number;

  @ApiProperty({ example: 'T123456C' })
  vehicle_plate!: string;

  @ApiProperty({ type: String, format: 'date', example: '2025-10-29' })
  start_date!: CalendarDate;

  /** null if the lease has no end date */
  @ApiProperty({ type: String, format: 'date', nullable: true, example: '2026-10-31' })
  end_date!: CalendarDate | null;

  @ApiProperty({ enum: LEASE_STATUSES })
  status!: LeaseStatus;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-10-29T13:00:00.000Z' })
  created_on!: Date;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-10-29T13:00:00.000Z' })
  updated_on!: Date;

  @ApiProperty()
  driver!: NamedDriverResponse;
}
