import { ApiProperty } from '@nestjs/swagger';
import type { DifferenceView, VerificationView } from './integrity.view.js';

export class DifferenceResponse implements DifferenceView {
  @ApiProperty({
    example: 'BALANCE',
    description:
      'POSTING, BALANCE, ALLOCATION, DISPUTE, INSTALLMENT, LOAN, STATUS_CHANGE, INTEREST_WAIVER, POSTING_RUN, ' +
      'POSTING_RUN_ERROR, SETTLEMENT_RUN, SETTLEMENT_LINE, USER, AUDIT_ENTRY, EVENT, STORED_ANSWER, SEALED_STATE, SEAL or CHAIN_LINK; FUNCTION, TRIGGER, CONSTRAINT, INDEX, TABLE, RULE or POLICY of the database',
  })
  kind!: string;

  @ApiProperty({
    example: 'LB-2025-000042',
    description: 'The id of the record, also if the record is missing',
  })
  id!: string;

  @ApiProperty({ example: 'its amount differs from that of its posting' })
  message!: string;

  @ApiProperty({ type: String, nullable: true, example: '254.11' })
  expected!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '25.41' })
  actual!: string | null;
}

export class VerificationResponse implements VerificationView {
  @ApiProperty({ description: 'True if there are no differences' })
  ok!: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: {
      postings: 204,
      balances: 108,
      loans: 12,
      audit_entries: 350,
      seals: 640,
      links: 31,
      schema_objects: 300,
    },
    description: 'How many records of each kind were checked',
  })
  checked!: Record<string, number>;

  @ApiProperty({
    type: 'integer',
    description: 'The number of all differences; `differences` lists the first 1,000',
  })
  differences_total!: number;

  @ApiProperty({ type: [DifferenceResponse] })
  differences!: DifferenceResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: `12:${'9f86d081884c7d65'.repeat(4)}`,
    description:
      'The newest link of the chain over all seals. Store it outside the database and pass it as `head` later: the ' +
      'verification then shows whether anything up to it has been rewritten. Null if nothing was ever written.',
  })
  chain_head!: string | null;
}
