import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { OwnerNames } from '../account/owner-names.response.js';
import { PaymentAllocationResponse } from '../payments/payment.response.js';
import { WrittenPostingResponse } from '../postings/posting.response.js';
import type { CreditApplicationView, CreditListItemView, CreditPageView, RefundView } from './credit.view.js';

class CreditListItem extends OwnerNames implements CreditListItemView {
  @ApiProperty({ example: 'LP-2025-000042', description: 'The CREDIT of the payment' })
  posting_id!: string;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer', description: 'The lease of the payment' })
  lease_id!: number;

  @MoneyProperty({ example: '300.00', description: 'The payment' })
  amount!: string;

  @MoneyProperty({ example: '45.89', description: 'The part that is neither allocated nor refunded' })
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

export class CreditPageResponse extends pageOf(CreditListItem, 'CreditPage') implements CreditPageView {
  @MoneyProperty({ example: '45.89', description: 'Over all pages' })
  total_left_over!: string;
}

export class CreditApplicationResponse implements CreditApplicationView {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @MoneyProperty({ example: '45.89', description: 'The sum of the allocations' })
  credit_used!: string;

  @ApiProperty({ type: [PaymentAllocationResponse] })
  allocations!: PaymentAllocationResponse[];

  @MoneyProperty({ example: '0.00', description: 'The unused credit of the driver after this' })
  credit_left!: string;
}

export class RefundResponse implements RefundView {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ description: 'The DEBIT of the refund, on the lease of the latest credit that it uses' })
  posting!: WrittenPostingResponse;

  @MoneyProperty({ example: '45.89' })
  amount!: string;

  @MoneyProperty({ example: '0.00', description: 'The unused credit of the driver after this' })
  credit_left!: string;
}
