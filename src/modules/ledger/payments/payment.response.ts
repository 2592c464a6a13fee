import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { NullInDryRun } from '../../../platform/http/openapi/null-in-dry-run.decorator.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import { WrittenPostingResponse } from '../postings/posting.response.js';
import { codesOf } from '../../../kernel/codes/labels.js';
import { ALLOCATION_REASON_LABELS } from '../account/allocation-reason.js';
import type { AllocationReason } from '../account/allocation-reason.js';
import type { ExplainedAllocationView, PaymentAllocationView, PaymentView } from './payment.view.js';

const ALLOCATION_REASONS = codesOf(ALLOCATION_REASON_LABELS);

export class PaymentAllocationResponse implements PaymentAllocationView {
  @NullInDryRun({ example: 'PA-2025-000007' })
  allocation_id!: string;

  @NullInDryRun({
    example: 'LP-2025-000043',
    description: 'The CREDIT that pays: this payment or an earlier one',
  })
  payment_posting_id!: string;

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

  @ApiProperty({ enum: ['HIERARCHY', 'TARGETED'] })
  allocation_type!: 'HIERARCHY' | 'TARGETED';
}

export class ExplainedAllocationResponse
  extends PaymentAllocationResponse
  implements ExplainedAllocationView
{
  @ApiProperty({
    enum: ALLOCATION_REASONS,
    description: Object.entries(ALLOCATION_REASON_LABELS)
      .map(([reason, label]) => `${reason}: ${label}`)
      .join('. '),
  })
  allocation_reason!: AllocationReason;
}

export class PaymentResponse implements PaymentView {
  @ApiProperty({ description: 'True if nothing was written' })
  dry_run!: boolean;

  @ApiProperty()
  posting!: WrittenPostingResponse;

  @MoneyProperty({ example: '300.00' })
  total_payment!: string;

  @MoneyProperty({
    example: '254.11',
    description: 'The sum of all allocations, including those of earlier credits',
  })
  total_allocated!: string;

  @MoneyProperty({ example: '0.00', description: 'The part of total_allocated that earlier credits paid' })
  credit_used!: string;

  @MoneyProperty({
    example: '45.89',
    description: 'The rest of this payment, which is now a credit of the driver',
  })
  remaining_unallocated!: string;

  @ApiProperty({ type: [ExplainedAllocationResponse] })
  allocations!: ExplainedAllocationResponse[];
}
