import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { CodeField, DateField } from '../../../platform/http/dto/fields.js';
import { LEASE_STATUSES } from './lease-status.js';
import type { LeaseStatus } from './lease-status.js';
import { EndDateField } from './lease-fields.dto.js';

/** At least one field. Driver, medallion and vehicle of a lease never change: another cab needs another lease. */
export class UpdateLeaseDto {
  @DateField({ optional: true, example: '2025-10-29' })
  start_date?: CalendarDate;

  @EndDateField()
  end_date?: CalendarDate | null;

  @CodeField(LEASE_STATUSES, { optional: true })
  status?: LeaseStatus;
}
