import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Money } from '../../../kernel/money/money.js';
import type { Category } from '../account/category.js';

export interface RecordObligationInput {
  readonly driver_id: number;
  readonly lease_id: number;
  readonly category: Category;
  readonly amount: Money;
  readonly reference_type: string;
  readonly reference_id: string;
  readonly payment_period_start: CalendarDate;
  readonly payment_period_end?: CalendarDate;
  readonly due_date?: CalendarDate;
  readonly description?: string | null;
  readonly dry_run?: boolean;
}
