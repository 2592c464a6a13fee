import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import type { LoanStatisticsView } from './loan.view.js';

export class LoanStatisticsResponse implements LoanStatisticsView {
  @ApiProperty({ type: 'integer' })
  total_loans!: number;

  @ApiProperty({ type: 'integer' })
  draft_loans!: number;

  @ApiProperty({ type: 'integer' })
  active_loans!: number;

  @ApiProperty({ type: 'integer' })
  on_hold_loans!: number;

  @ApiProperty({ type: 'integer' })
  closed_loans!: number;

  @ApiProperty({ type: 'integer' })
  cancelled_loans!: number;

  @MoneyProperty({ example: '48200.00', description: 'Lent: loans that are ACTIVE, ON_HOLD or CLOSED' })
  total_amount_disbursed!: string;

  @MoneyProperty({ example: '12950.40', description: 'Principal and interest paid' })
  total_amount_collected!: string;

  @MoneyProperty({ example: '35700.00', description: 'Principal that is neither paid nor written off' })
  total_outstanding!: string;

  @MoneyProperty({ example: '0.00', description: 'Principal that was written off, and not collected' })
  total_written_off!: string;

  @MoneyProperty({
    example: '0.00',
    description: 'Recovered after write-offs; not part of total_amount_collected',
  })
  total_recovered!: string;

  @MoneyProperty({ example: '450.40' })
  total_interest_collected!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Cancelled loans that had a posting; included in cancelled_loans',
  })
  cancelled_after_posting_loans!: number;

  @MoneyProperty({
    example: '0.00',
    description: 'The amount of these loans; not included in total_amount_disbursed',
  })
  total_cancelled_after_posting!: string;
}
