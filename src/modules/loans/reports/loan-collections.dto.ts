import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField } from '../../../platform/http/dto/fields.js';
import { MAX_REPORT_WEEKS } from './report-period.js';
import type { LoanCollectionsInput } from './loan-report.input.js';

export class LoanCollectionsDto implements LoanCollectionsInput {
  @DateField({
    optional: true,
    description: `Sunday of the first week. The period has at most ${MAX_REPORT_WEEKS} weeks. Default: the last eight weeks`,
    example: '2025-09-14',
  })
  period_start?: CalendarDate;

  @DateField({
    optional: true,
    description: 'Saturday of the last week. Default: the current payment week',
    example: '2025-11-08',
  })
  period_end?: CalendarDate;
}
