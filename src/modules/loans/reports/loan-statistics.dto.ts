import { PickType } from '@nestjs/swagger';
import { LoanListDto } from '../loan/loan-list.dto.js';

/** The filters of the list, without its pages. */
export class LoanStatisticsDto extends PickType(LoanListDto, [
  'driver_id',
  'lease_id',
  'status',
  'date_from',
  'date_to',
  'q',
] as const) {}
