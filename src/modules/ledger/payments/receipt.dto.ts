import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { CodeField, DateField, TextField } from '../../../platform/http/dto/fields.js';
import { PAYMENT_METHODS } from '../postings/posting-kind.js';
import type { PaymentMethod } from '../postings/posting-kind.js';
import type { ReceiptInput } from './payment.input.js';

export class ReceiptDto implements ReceiptInput {
  @CodeField(PAYMENT_METHODS, {
    optional: true,
    description: 'Default: EARNINGS for the source_type WEEKLY_EARNINGS, OTHER for any other',
  })
  method?: PaymentMethod;

  @DateField({
    optional: true,
    description: 'The day on which the money was received: today or at most 366 days ago. Default: today',
    example: '2025-11-05',
  })
  received_on?: CalendarDate;

  @TextField({ optional: true, maxLength: 255, example: 'Check 1042' })
  note?: string;
}
