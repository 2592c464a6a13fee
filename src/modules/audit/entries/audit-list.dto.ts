import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField, IdQueryField, TextField } from '../../../platform/http/dto/fields.js';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';

export class AuditListDto extends PageQueryDto {
  @TextField({ maxLength: 50, optional: true, example: 'loan' })
  record_type?: string;

  @TextField({ maxLength: 100, optional: true, example: 'DL-2025-0001' })
  record_id?: string;

  @TextField({ maxLength: 50, optional: true, example: 'loan.edit' })
  action?: string;

  @IdQueryField({ optional: true, description: 'The user who made the change' })
  actor_id?: number;

  @DateField({ optional: true, description: 'The first day' })
  from?: CalendarDate;

  @DateField({ optional: true, description: 'The last day' })
  to?: CalendarDate;
}
