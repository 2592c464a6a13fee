import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { DateField, IdQueryField, InstantField } from '../../../../platform/http/dto/fields.js';

export class StatementQueryDto {
  @IdQueryField({ example: 1 })
  driver_id!: number;

  @IdQueryField({ example: 1 })
  lease_id!: number;

  @DateField({ description: 'Sunday of the payment week', example: '2025-11-02' })
  period_start!: CalendarDate;

  @InstantField({ description: 'As the books stood at this instant', optional: true })
  as_of?: Date;
}
