import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField, FlagField, TextField } from '../../../platform/http/dto/fields.js';
import { TextsField } from '../../../platform/http/dto/items-field.js';
import type { PostInstallmentsInput } from './posting.input.js';

export class PostInstallmentsDto implements PostInstallmentsInput {
  @TextField({ optional: true, maxLength: 40, description: 'Post this loan alone', example: 'DL-2025-0001' })
  loan_id?: string;

  @TextsField({
    maxItems: 1_000,
    maxLength: 40,
    description: 'Post these installments alone, of any weeks that have begun; not with a loan or a period',
    example: ['DL-2025-0001-INST-01'],
  })
  installment_ids?: string[];

  @DateField({
    optional: true,
    description: 'Sunday of the first week; default the current payment week',
    example: '2025-11-02',
  })
  payment_period_start?: CalendarDate;

  @DateField({
    optional: true,
    description: 'Saturday of the last week; default the week of the start',
    example: '2025-11-08',
  })
  payment_period_end?: CalendarDate;

  @FlagField({
    optional: true,
    default: false,
    description: 'Answer what a real run would, and post nothing; the coming week may be asked for too',
  })
  dry_run: boolean = false;
}
