import { ApiProperty } from '@nestjs/swagger';
import {
  MoneyProperty,
  SignedMoneyProperty,
} from '../../../platform/http/openapi/decimal-property.decorator.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import { PaymentAllocationResponse } from '../payments/payment.response.js';
import { PostingDetailResponse, WrittenPostingResponse } from '../postings/posting.response.js';
import type { VoidView, VoidedPartView } from './void.view.js';

export class VoidedPartResponse implements VoidedPartView {
  @ApiProperty({ example: 'LB-2025-000042' })
  balance_id!: string;

  @ApiProperty({ enum: CATEGORIES })
  category!: Category;

  @ApiProperty({ example: 'LOAN_INSTALLMENT' })
  reference_type!: string;

  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  reference_id!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  due_date!: string;

  @SignedMoneyProperty({
    example: '54.11',
    description: 'What a payment had paid and is owed again; negative: an obligation that is no longer owed',
  })
  amount!: string;

  @MoneyProperty({ example: '254.11' })
  outstanding_after!: string;

  @ApiProperty({ enum: ['OPEN', 'DISPUTED', 'VOIDED'] })
  status_after!: 'OPEN' | 'DISPUTED' | 'VOIDED';
}

export class VoidResponse implements VoidView {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty()
  posting!: PostingDetailResponse;

  @ApiProperty()
  reversal!: WrittenPostingResponse;

  @ApiProperty({
    type: [VoidedPartResponse],
    description: 'The balances that the payment had paid, or the balance of the obligation',
  })
  balances!: VoidedPartResponse[];

  @MoneyProperty({
    example: '45.89',
    description: 'The unused credit of the payment, which the void removes',
  })
  credit_reversed!: string;

  @MoneyProperty({ example: '0.00', description: 'What other credits of the driver paid after the void' })
  credit_used!: string;

  @ApiProperty({ type: [PaymentAllocationResponse], description: 'The allocations of these other credits' })
  allocations!: PaymentAllocationResponse[];
}
