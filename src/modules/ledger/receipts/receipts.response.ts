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

/** What a payment has left over, and what refunds pay out, is of no category of debts. */

const GROUPS = [...CATEGORIES, CREDIT_GROUP];

export class ReceiptAmountsResponse implements ReceiptAmountsView {
  @ApiProperty({
    type: 'integer',
    description: 'How many payments and recoveries; one counts in each of its rows',
  })
  receipts!: number;

  @MoneyProperty({
    example: '1250.00',
    description: 'Money that came in: payments and recoveries, none of them voided',
  })
  received!: string;

  @ApiProperty({ type: 'integer', description: 'How many refunds' })
  refunds!: number;

  @MoneyProperty({ example: '0.00', description: 'Money that went out: refunds, none of them voided' })
  refunded!: string;
}

export class ReceiptsRowResponse extends ReceiptAmountsResponse implements ReceiptsRowView {
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    example: '2025-11-05',
    description:
      'On which the money moved; where that was not recorded, on which it was posted. Null where days are not grouped',
  })
  day!: string | null;

  @ApiProperty({
    enum: PAYMENT_METHODS,
    nullable: true,
    description: 'Null where methods are not grouped, or the method was not recorded',
  })
  method!: PaymentMethod | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The user; null where users are not grouped, or the system posted it',
  })
  posted_by!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'Dana Reyes' })
  posted_by_name!: string | null;

  @ApiProperty({
    enum: GROUPS,
    nullable: true,
    description:
      'What the money paid; CREDIT is left over, or refunded. Null where categories are not grouped',
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
