import { ApiPropertyOptional } from '@nestjs/swagger';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';
import type { LoanTransactionsInput } from './repayment.input.js';

export class LoanTransactionsDto extends PageQueryDto implements LoanTransactionsInput {
  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc', description: 'asc: oldest first' })
  override sort_order: 'asc' | 'desc' = 'asc';
}
