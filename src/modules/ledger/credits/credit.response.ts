import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/page.response.js';
import { OwnerNames } from '../account/owner-names.response.js';
import { PaymentAllocationResponse } from '../payments/payment.response.js';
import { WrittenPostingResponse } from '../postings/posting.response.js';

/** What one payment of a driver has left over. */
export class CreditListItem extends OwnerNames {
  @ApiProperty({ example: 'LP-2025-000042', description: 'The CREDIT of the payment' })
  posting_id!: string;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer', description: 'The lease under which it was paid' })
  lease_id!: number;

  @MoneyProperty({ example: '300.00', description: 'The payment' })
  amount!: string;

  @MoneyProperty({ example: '45.89', description: 'What it has neither paid nor given back' })
  left_over!: string;

  @ApiProperty({ example: 'WEEKLY_EARNINGS' })
  source_type!: string;

  @ApiProperty({ example: 'EARN-2025-11-02-1' })
  source_id!: string;

  @ApiProperty({ format: 'date', example: '2025-11-02' })
  payment_period_start!: string;

  @ApiProperty({ format: 'date-time', type: String })
  posted_at!: Date;
}

/** A page of credits, the oldest first, and what all of them have left over. */
export class CreditPageResponse extends pageOf(CreditListItem, 'CreditPage') {
  @MoneyProperty({ example: '45.89', description: 'Of all credits of the list, not only of this page' })
  total_left_over!: string;
}

/** What the credits of a driver paid on request. */
export class CreditApplicationResponse {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @MoneyProperty({ example: '45.89', description: 'The sum of the allocations' })
  credit_used!: string;

  @ApiProperty({ type: [PaymentAllocationResponse] })
  allocations!: PaymentAllocationResponse[];

  @MoneyProperty({ example: '0.00', description: 'What the payments of the driver have left over now' })
  credit_left!: string;
}

/** What was given back to a driver, or, dry, would be. */
export class RefundResponse {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ description: 'The DEBIT of the refund, under the lease of the latest credit that it uses' })
  posting!: WrittenPostingResponse;

  @MoneyProperty({ example: '45.89' })
  amount!: string;

  @MoneyProperty({ example: '0.00', description: 'What the payments of the driver have left over now' })
  credit_left!: string;
}
