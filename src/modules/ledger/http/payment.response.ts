import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/decimal-property.decorator.js';
import { CATEGORIES } from '../domain/category.js';
import type { Category } from '../domain/category.js';
import { PostingResponse } from './posting.response.js';

export class PaymentAllocationResponse {
  @ApiProperty({ example: 'PA-2025-000007' })
  allocation_id!: string;

  @ApiProperty({ example: 'LB-2025-000042' })
  balance_id!: string;

  @ApiProperty({ enum: CATEGORIES })
  category!: Category;

  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  reference_id!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  due_date!: string;

  @MoneyProperty({ example: '54.11' })
  amount_allocated!: string;

  @MoneyProperty({ example: '200.00' })
  outstanding_after!: string;
}

/** A payment, and what it paid. */
export class PaymentResponse {
  @ApiProperty()
  posting!: PostingResponse;

  @MoneyProperty({ example: '300.00' })
  total_payment!: string;

  @MoneyProperty({ example: '254.11' })
  total_allocated!: string;

  @MoneyProperty({ example: '45.89', description: 'Stays with driver and lease as a credit' })
  remaining_unallocated!: string;

  @ApiProperty({ type: [PaymentAllocationResponse] })
  allocations!: PaymentAllocationResponse[];
}
