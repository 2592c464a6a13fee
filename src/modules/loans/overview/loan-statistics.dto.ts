import { OmitType } from '@nestjs/swagger';
import { LoanListDto } from './loan-list.dto.js';
import type { LoanStatisticsInput } from './loan.input.js';

export class LoanStatisticsDto
  extends OmitType(LoanListDto, ['page', 'page_size', 'sort_by', 'sort_order'] as const)
  implements LoanStatisticsInput {}
