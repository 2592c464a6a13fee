import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { SCHEDULE_ACTS } from '../schedule/schedule-version.js';
import type { ScheduleAct } from '../schedule/schedule-version.js';
import type { LoanHistoryItemView, LoanHistoryView } from './loan.view.js';
import { HISTORY_KINDS } from './loan.view.js';

export class LoanHistoryItem implements LoanHistoryItemView {
  @ApiProperty({ format: 'date-time', type: String })
  at!: Date;

  @ApiProperty({
    enum: HISTORY_KINDS,
    description:
      'STATUS: the loan went from one status to another. AUDIT: a change that a user made. SCHEDULE: it got a new version of its schedule. WAIVER: interest was waived',
  })
  kind!: (typeof HISTORY_KINDS)[number];

  @ApiProperty({ type: 'integer', nullable: true, description: 'User; null for the system itself' })
  by!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'ACTIVE', description: 'Null where the loan begins' })
  from!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ON_HOLD' })
  to!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Driver is in hospital' })
  reason!: string | null;

  @ApiPropertyOptional({ example: 'loan.edit', description: 'AUDIT only: the act' })
  action?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'AUDIT only: what the act changed, as it was',
  })
  before?: object | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'AUDIT only: what the act changed, as it is',
  })
  after?: object | null;

  @ApiPropertyOptional({ type: 'integer', example: 2, description: 'SCHEDULE only' })
  version?: number;

  @ApiPropertyOptional({ enum: SCHEDULE_ACTS, description: 'SCHEDULE only: what made the version' })
  act?: ScheduleAct;

  @ApiPropertyOptional({
    format: 'date',
    example: '2025-11-08',
    description: 'WAIVER only: the days begin after it',
  })
  interest_from?: string;

  @ApiPropertyOptional({
    format: 'date',
    example: '2026-01-31',
    description: 'WAIVER only: the last of the days',
  })
  interest_to?: string;

  @ApiPropertyOptional({ type: 'integer', example: 84, description: 'WAIVER only' })
  days?: number;

  @MoneyProperty({
    example: '28.76',
    required: false,
    description: 'WAIVER only: the interest that is given up',
  })
  amount?: string;
}

export class LoanHistoryResponse implements LoanHistoryView {
  @ApiProperty({ type: [LoanHistoryItem], description: 'Oldest first' })
  items!: LoanHistoryItem[];
}
