import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AuditEntry } from '../../../platform/audit/audit-entry.js';

/** One step in the life of a loan. */
export class LoanHistoryItem {
  @ApiProperty({ format: 'date-time', type: String })
  at!: Date;

  @ApiProperty({
    enum: ['STATUS', 'AUDIT'],
    description: 'STATUS: the loan went from one status to another. AUDIT: what somebody did to it',
  })
  kind!: 'STATUS' | 'AUDIT';

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
