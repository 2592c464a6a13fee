import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import {
  CodeField,
  DateField,
  DryRunField,
  IdField,
  MoneyField,
  TextField,
} from '../../../platform/http/dto/fields.js';
import { SourceIdField, SourceTypeField } from '../account/source-fields.dto.js';
import { OBLIGATION_CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import type { RecordObligationInput } from './obligation.input.js';

export class RecordObligationDto implements RecordObligationInput {
  @IdField({ example: 1 })
  driver_id!: number;

  @IdField({ example: 1 })
  lease_id!: number;

  @CodeField(OBLIGATION_CATEGORIES, { example: 'LEASE' })
  category!: Category;

  @MoneyField({ example: '450.00' })
  amount!: Money;

  @SourceTypeField({ description: 'The type of the obligation', example: 'LEASE_FEE' })
  reference_type!: string;

  @SourceIdField('LEASE-17-2025-11-02')
  reference_id!: string;

  @DateField({ description: 'Sunday of the payment week', example: '2025-11-02' })
  payment_period_start!: CalendarDate;

  @DateField({ description: 'Saturday of the payment week', optional: true, example: '2025-11-08' })
  payment_period_end?: CalendarDate;

  @DateField({ description: 'Default: the Saturday of the week', optional: true, example: '2025-11-08' })
  due_date?: CalendarDate;

  @TextField({ optional: true, nullable: true, minLength: 0, maxLength: 255 })
  description?: string | null;

  @DryRunField()
  dry_run?: boolean;
}
