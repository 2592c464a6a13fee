import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { DateField } from '../../../../platform/http/dto/fields.js';

export class PayoffQuoteDto {
  @DateField({ optional: true, description: 'From the loan date on; default today' })
  as_of?: CalendarDate;
}
