import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { NullInDryRun } from '../../../platform/http/openapi/null-in-dry-run.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import { PAYMENT_METHODS, POSTING_KINDS, POSTING_STATUSES } from './posting-kind.js';
import type { PaymentMethod, PostingKind, PostingStatus } from './posting-kind.js';
import { OwnerNames } from '../account/owner-names.response.js';
import type {
  PostingDetailView,
  PostingListItemView,
  PostingView,
  SettledBalanceView,
  WrittenPostingView,
} from './posting.view.js';

export class PostingResponse implements PostingView {
  @ApiProperty({ example: 'LP-2025-000042' })
  posting_id!: string;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @ApiProperty({ type: 'integer', description: 'Of the lease' })
  vehicle_id!: number;

  @ApiProperty({ type: 'integer', description: 'Of the lease' })
  medallion_id!: number;

  @ApiProperty({
    enum: ['DEBIT', 'CREDIT'],
    description: 'A DEBIT adds to what the driver owes, a CREDIT lowers it',
  })
  posting_type!: 'DEBIT' | 'CREDIT';

  @ApiProperty({
    enum: POSTING_KINDS,
    description:
      'Of the postings that are not VOIDED, only PAYMENT and RECOVERY are money received, ' +
      'and only REFUND is money paid out',
  })
  kind!: PostingKind;

  @ApiProperty({ enum: CATEGORIES })
  category!: Category;

  @MoneyProperty({ example: '254.11' })
  amount!: string;

  @ApiProperty({ example: 'LOAN_INSTALLMENT' })
  source_type!: string;

  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  source_id!: string;

  @ApiProperty({
    enum: PAYMENT_METHODS,
    nullable: true,
    description: 'How the money of a payment, recovery or refund moved; null if not recorded',
  })
  payment_method!: PaymentMethod | null;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    example: '2025-11-05',
    description: 'The day on which the money moved; null if not recorded',
  })
  received_on!: string | null;

  @ApiProperty({ format: 'date', example: '2025-11-02' })
  payment_period_start!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  payment_period_end!: string;

  @ApiProperty({ enum: POSTING_STATUSES })
  status!: PostingStatus;

  @ApiProperty({ format: 'date-time', type: String })
  posted_at!: Date;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User id; null for the system' })
  posted_by!: number | null;

  @ApiProperty({ type: String, nullable: true })
  voided_by_posting_id!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reverses_posting_id!: string | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  voided_at!: Date | null;

  @ApiProperty({ type: String, nullable: true })
  void_reason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true })
  notes!: string | null;
}

export class SettledBalanceResponse implements SettledBalanceView {
  @ApiProperty({ example: 'PA-2025-000007' })
  allocation_id!: string;

  @ApiProperty({ example: 'LB-2025-000042' })
  balance_id!: string;

  @ApiProperty({
    type: 'integer',
    description: 'The lease of the balance: a payment can also pay balances of other leases of the driver',
  })
  lease_id!: number;

  @ApiProperty({ enum: CATEGORIES })
  category!: Category;

  @ApiProperty({ example: 'LOAN_INSTALLMENT' })
  reference_type!: string;

  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  reference_id!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  due_date!: string;

  @MoneyProperty({ example: '54.11' })
  amount_allocated!: string;

  @ApiProperty({ enum: ['HIERARCHY', 'TARGETED'] })
  allocation_type!: 'HIERARCHY' | 'TARGETED';

  @ApiProperty({ format: 'date-time', type: String })
  allocated_at!: Date;
}

export class PostingDetailResponse extends PostingResponse implements PostingDetailView {
  @ApiProperty({
    type: [SettledBalanceResponse],
    description:
      'The allocations of a payment or write-off, oldest first; for a VOIDED posting, those that the void reversed',
  })
  allocations!: SettledBalanceResponse[];

  @MoneyProperty({
    nullable: true,
    example: '0.00',
    description: 'The part of a payment that was refunded to the driver; null for other kinds',
  })
  refunded!: string | null;

  @MoneyProperty({
    nullable: true,
    example: '45.89',
    description: 'The part of a payment that is still a credit of the driver; null for other kinds',
  })
  left_over!: string | null;
}

export class WrittenPostingResponse extends PostingResponse implements WrittenPostingView {
  @NullInDryRun({ example: 'LP-2025-000042' })
  declare posting_id: string;
}

export class PostingListItem
  extends IntersectionType(PostingResponse, OwnerNames)
  implements PostingListItemView {}

export const PostingPage = pageOf(PostingListItem, 'PostingPage');
