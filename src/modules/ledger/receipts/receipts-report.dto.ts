import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMinSize, ArrayUnique, IsIn } from 'class-validator';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField } from '../../../platform/http/dto/fields.js';
import { MAX_RECEIPT_DAYS } from './receipts-period.js';
import { RECEIPT_GROUPS } from './receipts.input.js';
import type { ReceiptGroup, ReceiptsReportInput } from './receipts.input.js';

const MESSAGE = `group_by must contain only ${RECEIPT_GROUPS.join(', ')}, each at most once`;

const names = (value: unknown): unknown => (typeof value === 'string' ? value.split(',') : value);

export class ReceiptsReportDto implements ReceiptsReportInput {
  @DateField({ optional: true, description: 'The first day; default: the last day' })
  from?: CalendarDate;

  @DateField({
    optional: true,
    description: `The last day; the period has at most ${MAX_RECEIPT_DAYS} days; default: today`,
  })
  to?: CalendarDate;

  @ApiPropertyOptional({
    enum: RECEIPT_GROUPS,
    isArray: true,
    default: ['day'],
    description: 'The fields by which rows are grouped: repeated or separated by commas',
  })
  @Transform(({ value }) => [value as unknown].flat().flatMap(names))
  @IsIn(RECEIPT_GROUPS, { each: true, message: MESSAGE })
  @ArrayMinSize(1, { message: MESSAGE })
  @ArrayUnique({ message: MESSAGE })
  group_by: ReceiptGroup[] = ['day'];
}
