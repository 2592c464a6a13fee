import { PickType } from '@nestjs/swagger';
import { LoanListDto } from './loan-list.dto.js';
import type { LoanStatisticsInput } from './loan.input.js';

export class LoanStatisticsDto
  extends PickType(LoanListDto, ['driver_id', 'lease_id', 'status', 'date_from', 'date_to', 'q'] as const)
  implements LoanStatisticsInput {}
