import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { DateField, DryRunField, TextField } from '../../../../platform/http/dto/fields.js';
import type { ApproveLoanInput } from '../origination.input.js';

export class ApproveLoanDto implements ApproveLoanInput {
  @TextField({ optional: true, maxLength: 255, example: 'Income proved by two pay slips' })
  reason?: string;

  @DateField({
    optional: true,
    description:
      'Sunday of the first payment week. Default: that of the draft, or the next payment week if it has passed',
  })
  start_week?: CalendarDate;

  @DryRunField()
  dry_run?: boolean;
}
