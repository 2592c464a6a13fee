import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import { PAYMENT_METHODS } from '../postings/posting-kind.js';
import type { PaymentMethod } from '../postings/posting-kind.js';
import { RECEIPT_GROUPS } from './receipts.input.js';
import type { ReceiptGroup } from './receipts.input.js';
import type { ReceiptAmountsView, ReceiptsRowView, ReceiptsView } from './receipts.view.js';
import { CREDIT_GROUP } from './receipts.view.js';

/** Unused credit and refunds have no category of obligations. */

const GROUPS = [...CATEGORIES, CREDIT_GROUP];

export class ReceiptAmountsResponse implements ReceiptAmountsView {
  @ApiProperty({
    type: 'integer',
    description: 'The number of payments and recoveries; a payment counts in each row that it is part of',
  })
  receipts!: number;

  @MoneyProperty({
    example: '1250.00',
    description: 'Money received: payments and recoveries that are not voided',
  })
  received!: string;

  @ApiProperty({ type: 'integer', description: 'The number of refunds' })
  refunds!: number;

  @MoneyProperty({ example: '0.00', description: 'Money paid out: refunds that are not voided' })
  refunded!: string;
}

export class ReceiptsRowResponse extends ReceiptAmountsResponse implements ReceiptsRowView {
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    example: '2025-11-05',
    description:
      'The day on which the money moved or, if not recorded, was posted. Null unless grouped by day',
  })
  day!: string | null;

  @ApiProperty({
    enum: PAYMENT_METHODS,
    nullable: true,
    description: 'Null unless grouped by method, or if the method was not recorded',
  })
  method!: PaymentMethod | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'User id; null unless grouped by user, or if the system posted it',
  })
  posted_by!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'Dana Reyes' })
  posted_by_name!: string | null;

  @ApiProperty({
    enum: GROUPS,
    nullable: true,
    description: 'What the money paid; CREDIT is unused or refunded. Null unless grouped by category',
  })
  category!: Category | typeof CREDIT_GROUP | null;
}

export class ReceiptsResponse implements ReceiptsView {
  @ApiProperty({ format: 'date', example: '2025-11-02' })
  from!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  to!: string;

  @ApiProperty({ enum: RECEIPT_GROUPS, isArray: true })
  group_by!: ReceiptGroup[];

  @ApiProperty({ type: [ReceiptsRowResponse] })
  rows!: ReceiptsRowResponse[];

  @ApiProperty()
  totals!: ReceiptAmountsResponse;
}
