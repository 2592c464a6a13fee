import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/decimal-property.decorator.js';
import { SCHEDULE_ACTS } from '../schedule/schedule-version.js';
import type { ScheduleAct } from '../schedule/schedule-version.js';
import type { AuditEntry } from '../../../platform/audit/audit-entry.js';

const HISTORY_KINDS = ['STATUS', 'AUDIT', 'SCHEDULE', 'WAIVER'] as const;

/** One step in the life of a loan. */
export class LoanHistoryItem {
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

export class LoanHistoryResponse {
  @ApiProperty({ type: [LoanHistoryItem], description: 'Oldest first' })
  items!: LoanHistoryItem[];
}

/** The reason of an act stands in its entry, where it has one. */
export function historyItemOf({ at, actor_id, action, before, after }: AuditEntry): LoanHistoryItem {
  const reason = typeof after?.['reason'] === 'string' ? after['reason'] : null;
  return { at, kind: 'AUDIT', by: actor_id, from: null, to: null, reason, action, before, after };
}
