import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { DateField } from '../../../../platform/http/dto/fields.js';

export class PayoffQuoteDto {
  @DateField({ optional: true, description: 'Today or a later day. Default: today' })
  as_of?: CalendarDate;
}
