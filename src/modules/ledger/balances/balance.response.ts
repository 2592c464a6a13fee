import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import { DISPUTE_STEPS } from '../disputes/dispute-rules.js';
import type { DisputeStep } from '../disputes/dispute-rules.js';
import { OwnerNames } from '../account/owner-names.response.js';
import type {
  AllocationView,
  BalanceDetailView,
  BalanceListItemView,
  BalanceView,
  CategoryBalanceView,
  ChangedBalanceView,
  DisputeView,
  OpenBalancesView,
} from './balance.view.js';
import { SETTLING_KINDS } from './balance.view.js';
import { BALANCE_STATUSES } from './balance-status.js';
import type { BalanceStatus } from './balance-status.js';

export class BalanceResponse implements BalanceView {
  @ApiProperty({ example: 'LB-2025-000042' })
  balance_id!: string;

  @ApiProperty({ example: 'LP-2025-000042' })
  posting_id!: string;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @ApiProperty({ enum: CATEGORIES })
  category!: Category;

  @ApiProperty({ example: 'LOAN_INSTALLMENT' })
  reference_type!: string;

  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  reference_id!: string;

  @MoneyProperty({ example: '254.11' })
  original_amount!: string;

  @MoneyProperty({ example: '54.11', description: 'Paid or written off' })
  payment_applied!: string;

  @MoneyProperty({ example: '200.00' })
  outstanding_balance!: string;

  @ApiProperty({ format: 'date', example: '2025-11-02' })
  payment_period_start!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  payment_period_end!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  due_date!: string;

  @ApiProperty({ enum: BALANCE_STATUSES })
  status!: BalanceStatus;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
}

export class AllocationResponse implements AllocationView {
  @ApiProperty({ example: 'PA-2025-000007' })
  allocation_id!: string;

  @ApiProperty({ example: 'LP-2025-000043' })
  payment_posting_id!: string;

  @ApiProperty({ enum: SETTLING_KINDS, description: 'Of the posting' })
  kind!: (typeof SETTLING_KINDS)[number];

  @MoneyProperty({ example: '54.11' })
  amount_allocated!: string;

  @ApiProperty({ enum: ['HIERARCHY', 'TARGETED'] })
  allocation_type!: 'HIERARCHY' | 'TARGETED';

  @ApiProperty({ format: 'date-time', type: String })
  allocated_at!: Date;
}

export class DisputeResponse implements DisputeView {
  @ApiProperty({ enum: DISPUTE_STEPS })
  step!: DisputeStep;

  @ApiProperty({ example: 'The driver was not in the cab that day' })
  reason!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User id; null for the system' })
  recorded_by!: number | null;

  @ApiProperty({ format: 'date-time', type: String })
  recorded_at!: Date;
}

export class BalanceDetailResponse extends BalanceResponse implements BalanceDetailView {
  @ApiProperty({ type: [AllocationResponse], description: 'The allocations that are not voided' })
  allocations!: AllocationResponse[];

  @ApiProperty({ type: [DisputeResponse], description: 'Oldest first' })
  disputes!: DisputeResponse[];
}

export class ChangedBalanceResponse extends BalanceDetailResponse implements ChangedBalanceView {
  @ApiProperty({ description: 'True if nothing was written' })
  dry_run!: boolean;
}

export class CategoryBalanceResponse implements CategoryBalanceView {
  @ApiProperty({ enum: CATEGORIES })
  category!: Category;

  @ApiProperty({ type: 'integer' })
  open_balances!: number;

  @MoneyProperty({ example: '254.11' })
  outstanding_balance!: string;
}

export class OpenBalancesResponse implements OpenBalancesView {
  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @MoneyProperty({ example: '254.11' })
  outstanding_balance!: string;

  @MoneyProperty({
    example: '45.89',
    description: 'Unused credit of the driver, over all leases',
  })
  unallocated_credit!: string;

  @ApiProperty({ type: [CategoryBalanceResponse] })
  categories!: CategoryBalanceResponse[];

  @ApiProperty({ type: [BalanceResponse] })
  balances!: BalanceResponse[];
}

export class BalanceListItem
  extends IntersectionType(BalanceResponse, OwnerNames)
  implements BalanceListItemView {}

export const BalancePage = pageOf(BalanceListItem, 'BalancePage');
