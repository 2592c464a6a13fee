import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches, ValidateIf } from 'class-validator';
import { CHAIN_HEAD } from './chain-head.js';

export class VerifyLedgerDto {
  @ApiPropertyOptional({
    pattern: CHAIN_HEAD.source,
    description: 'A `chain_head` from an earlier verification: the chain must still contain it',
  })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @Matches(CHAIN_HEAD, {
    message: 'head must be a chain_head from an earlier verification, for example "12:9f86d0…"',
  })
  head?: string;
}
