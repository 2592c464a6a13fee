import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { CodesQueryField, DateField } from '../../../platform/http/dto/fields.js';
import { MAX_RECEIPT_DAYS } from './receipts-period.js';
import { RECEIPT_GROUPS } from './receipts.input.js';
import type { ReceiptGroup, ReceiptsReportInput } from './receipts.input.js';

export class ReceiptsReportDto implements ReceiptsReportInput {
  @DateField({ optional: true, description: 'The first day; default: the last day' })
  from?: CalendarDate;

  @DateField({
    optional: true,
    description: `The last day; the period has at most ${MAX_RECEIPT_DAYS} days; default: today`,
  })
  to?: CalendarDate;

  @CodesQueryField(RECEIPT_GROUPS, {
    default: ['day'],
    description: 'The fields by which rows are grouped: repeated or separated by commas',
  })
  group_by: ReceiptGroup[] = ['day'];
}
