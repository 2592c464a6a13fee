import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DateField, IdQueryField, InstantField } from '../../../platform/http/dto/fields.js';
import { STATEMENT_FORMATS } from './statement.input.js';
import type { StatementFormat, StatementInput } from './statement.input.js';

export class StatementQueryDto implements StatementInput {
  @IdQueryField({ example: 1 })
  driver_id!: number;

  @IdQueryField({ example: 1 })
  lease_id!: number;

  @DateField({ description: 'Sunday of the payment week', example: '2025-11-02' })
  period_start!: CalendarDate;

  @InstantField({ description: 'The state of the books at this instant', optional: true })
  as_of?: Date;

  @ApiPropertyOptional({
    enum: STATEMENT_FORMATS,
    default: 'json',
    description: 'pdf: the printed statement for the driver',
  })
  @IsIn(STATEMENT_FORMATS, { message: 'format must be json or pdf' })
  format: StatementFormat = 'json';
}
