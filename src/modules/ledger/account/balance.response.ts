import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/decimal-property.decorator.js';
import { NullInDryRun } from '../../../platform/http/null-in-dry-run.decorator.js';
import { pageOf } from '../../../platform/http/page.response.js';
import { CATEGORIES } from './category.js';
import type { Category } from './category.js';
import { DISPUTE_STEPS } from '../disputes/dispute-rules.js';
import type { DisputeStep } from '../disputes/dispute-rules.js';
import { OwnerNames } from './owner-names.response.js';
import { WrittenPostingResponse } from '../postings/posting.response.js';

/** The open debt that a DEBIT created. */
export class BalanceResponse {
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

  @ApiProperty({ enum: ['OPEN', 'CLOSED', 'DISPUTED', 'VOIDED'] })
  status!: 'OPEN' | 'CLOSED' | 'DISPUTED' | 'VOIDED';

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;
}

const SETTLING_KINDS = ['PAYMENT', 'WRITE_OFF'] as const;

/** The part of one payment or write-off that settles one balance. */
export class AllocationResponse {
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

/** A step of a dispute over a balance. */
export class DisputeResponse {
  @ApiProperty({ enum: DISPUTE_STEPS })
  step!: DisputeStep;

  @ApiProperty({ example: 'The driver was not in the cab that day' })
  reason!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User; null for the system itself' })
  recorded_by!: number | null;

  @ApiProperty({ format: 'date-time', type: String })
  recorded_at!: Date;
}

export class BalanceDetailResponse extends BalanceResponse {
  @ApiProperty({ type: [AllocationResponse], description: 'Those that stand; a void takes them back' })
  allocations!: AllocationResponse[];

  @ApiProperty({ type: [DisputeResponse], description: 'The oldest first' })
  disputes!: DisputeResponse[];
}

/** The balance of a dispute after a step of it; of a dry run, as the step would leave it. */
export class ChangedBalanceResponse extends BalanceDetailResponse {
  @ApiProperty({ description: 'True where nothing was written' })
  dry_run!: boolean;
}

export class CategoryBalanceResponse {
  @ApiProperty({ enum: CATEGORIES })
  category!: Category;

  @ApiProperty({ type: 'integer' })
  open_balances!: number;

  @MoneyProperty({ example: '254.11' })
  outstanding_balance!: string;
}

/** What a driver owes under a lease, in the order in which a payment by hierarchy pays it. */
export class OpenBalancesResponse {
  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @MoneyProperty({ example: '254.11' })
  outstanding_balance!: string;

  @MoneyProperty({
    example: '45.89',
    description: 'What payments of the driver left over, under whichever lease',
  })
  unallocated_credit!: string;

  @ApiProperty({ type: [CategoryBalanceResponse] })
  categories!: CategoryBalanceResponse[];

  @ApiProperty({ type: [BalanceResponse] })
  balances!: BalanceResponse[];
}

/** A balance in the answer of the write that makes it. */
export class WrittenBalanceResponse extends BalanceResponse {
  @NullInDryRun({ example: 'LB-2025-000042' })
  declare balance_id: string;

  @NullInDryRun({ example: 'LP-2025-000042' })
  declare posting_id: string;
}

export class ObligationResponse {
  @ApiProperty({ description: 'True where nothing was written' })
  dry_run!: boolean;

  @ApiProperty()
  posting!: WrittenPostingResponse;

  @ApiProperty()
  balance!: WrittenBalanceResponse;

  @MoneyProperty({ example: '0.00', description: 'What credits of the driver paid at once' })
  credit_used!: string;
}

/** A balance in a list, with those whose it is. */
export class BalanceListItem extends IntersectionType(BalanceResponse, OwnerNames) {}

export const BalancePage = pageOf(BalanceListItem, 'BalancePage');
