import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { DateField, IdQueryField } from '../../../../platform/http/dto/fields.js';

export class LoanStatisticsDto {
  @IdQueryField({ optional: true })
  driver_id?: number;

  @IdQueryField({ optional: true })
  lease_id?: number;

  @DateField({ optional: true, description: 'Lent on or after' })
  date_from?: CalendarDate;

  @DateField({ optional: true, description: 'Lent on or before' })
  date_to?: CalendarDate;
}
