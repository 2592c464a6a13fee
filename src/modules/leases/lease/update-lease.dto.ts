import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField } from '../../../platform/http/dto/fields.js';
import { LEASE_STATUSES } from './lease-status.js';
import type { LeaseStatus } from './lease-status.js';
import { EndDateField } from './lease-fields.dto.js';

/** At least one field. Driver, medallion and vehicle of a lease never change: another cab needs another lease. */
export class UpdateLeaseDto {
  @DateField({ optional: true, example: '2025-10-29' })
  start_date?: CalendarDate;

  @EndDateField()
  end_date?: CalendarDate | null;

  @ApiPropertyOptional({ enum: LEASE_STATUSES })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsIn(LEASE_STATUSES, { message: `status must be ${LEASE_STATUSES.join(', ')}` })
  status?: LeaseStatus;
}
