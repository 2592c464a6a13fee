import { ApiProperty } from '@nestjs/swagger';

/** One step in the life of a loan. */
export class LoanHistoryItem {
  @ApiProperty({ format: 'date-time', type: String })
  at!: Date;

  @ApiProperty({ enum: ['STATUS'], description: 'STATUS: the loan went from one status to another' })
  kind!: 'STATUS';

  @ApiProperty({ type: 'integer', nullable: true, description: 'User; null for the system itself' })
  by!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'ACTIVE', description: 'Null where the loan begins' })
  from!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'ON_HOLD' })
  to!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Driver is in hospital' })
  reason!: string | null;
}

export class LoanHistoryResponse {
  @ApiProperty({ type: [LoanHistoryItem], description: 'Oldest first' })
  items!: LoanHistoryItem[];
}
