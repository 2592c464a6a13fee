import { ApiPropertyOptional } from '@nestjs/swagger';
import { PageQueryDto } from '../../../platform/http/dto/page-query.dto.js';

export class LoanTransactionsDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc', description: 'asc: the oldest first' })
  override sort_order: 'asc' | 'desc' = 'asc';
}
