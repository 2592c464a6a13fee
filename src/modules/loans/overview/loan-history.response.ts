import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { SCHEDULE_CHANGE_KINDS } from '../schedule/schedule-version.js';
import type { ScheduleChangeKind } from '../schedule/schedule-version.js';
import type { LoanHistoryItemView, LoanHistoryView } from './loan.view.js';
import { HISTORY_KINDS } from './loan.view.js';

export class LoanHistoryItem implements LoanHistoryItemView {
  @ApiProperty({ format: 'date-time', type: String })
  at!: Date;

  @ApiProperty({
    enum: HISTORY_KINDS,
    description:
      'STATUS: the status changed. AUDIT: a user changed the loan. SCHEDULE: the loan has a new version of its schedule. WAIVER: interest was waived',
  })
  kind!: (typeof HISTORY_KINDS)[number];

  @ApiProperty({ type: 'integer', nullable: true, description: 'User id; null for the system' })
  by!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'ACTIVE',
    description: 'Null for the creation of the loan',
  })
  from!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ON_HOLD' })
  to!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Driver is in hospital' })
  reason!: string | null;

  @ApiPropertyOptional({ example: 'loan.edit', description: 'AUDIT only: the action' })
  action?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'AUDIT only: the changed values before the action',
  })
  before?: object | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'AUDIT only: the changed values after the action',
  })
  after?: object | null;

  @ApiPropertyOptional({ type: 'integer', example: 2, description: 'SCHEDULE only' })
  version?: number;

  @ApiPropertyOptional({
    enum: SCHEDULE_CHANGE_KINDS,
    description: 'SCHEDULE only: the change that made the version',
  })
  change?: ScheduleChangeKind;

  @ApiPropertyOptional({
    format: 'date',
    example: '2025-11-08',
    description: 'WAIVER only: the waived period begins after this day',
  })
  interest_from?: string;

  @ApiPropertyOptional({
    format: 'date',
    example: '2026-01-31',
    description: 'WAIVER only: the last day of the waived period',
  })
  interest_to?: string;

  @ApiPropertyOptional({ type: 'integer', example: 84, description: 'WAIVER only' })
  days?: number;

  @MoneyProperty({
    example: '28.76',
    required: false,
    description: 'WAIVER only: the waived interest',
  })
  amount?: string;
}

export class LoanHistoryResponse implements LoanHistoryView {
  @ApiProperty({ type: [LoanHistoryItem], description: 'Oldest first' })
  items!: LoanHistoryItem[];
}
