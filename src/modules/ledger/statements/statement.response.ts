import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import {
  MoneyProperty,
  SignedMoneyProperty,
} from '../../../platform/http/openapi/decimal-property.decorator.js';
import { OBLIGATION_CATEGORIES } from '../account/category.js';
import type { Category } from '../account/category.js';
import { OwnerNames } from '../account/owner-names.response.js';
import { PAYMENT_METHODS } from '../postings/posting-kind.js';
import type { PaymentMethod } from '../postings/posting-kind.js';
import type {
  StatementAccountView,
  StatementAmountsView,
  StatementLineView,
  StatementMoneyView,
  StatementRowView,
  StatementView,
} from './statement.view.js';

const MONEY_KINDS: readonly StatementMoneyView['kind'][] = ['PAYMENT', 'RECOVERY', 'REFUND'];

export class StatementAmountsResponse implements StatementAmountsView {
  @MoneyProperty({ example: '100.00', description: 'Owed on obligations due before the week' })
  prior_balance!: string;

  @MoneyProperty({ example: '450.00', description: 'Obligations due in the week' })
  current_charge!: string;

  @MoneyProperty({
    example: '300.00',
    description:
      'Payments of the week; an obligation paid in advance counts in the week in which it falls due',
  })
  payment_applied!: string;

  @SignedMoneyProperty({
    example: '0.00',
    description:
      'Write-offs of the week, and voids in the week of amounts counted in earlier weeks. Negative if it lowers what is owed',
  })
  adjustment!: string;

  @MoneyProperty({
    example: '250.00',
    description: 'Prior + current − applied + adjustment: the prior balance of next week',
  })
  balance_forward!: string;
}

export class StatementRowResponse extends StatementAmountsResponse implements StatementRowView {
  @ApiProperty({ enum: OBLIGATION_CATEGORIES })
  category!: Category;
}

class StatementAccount implements StatementAccountView {
  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @ApiProperty({ format: 'date', example: '2025-11-02' })
  period_start!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  period_end!: string;
}

export class StatementLineResponse
  extends IntersectionType(StatementAccount, OwnerNames, StatementRowResponse)
  implements StatementLineView {}

class StatementMoneyResponse implements StatementMoneyView {
  @ApiProperty({ example: 'LP-2025-000043', description: 'The posting, or the void of an earlier one' })
  posting_id!: string;

  @ApiProperty({ enum: MONEY_KINDS })
  kind!: StatementMoneyView['kind'];

  @ApiProperty({
    format: 'date',
    example: '2025-11-05',
    description: 'The day on which the money came in or went out, or on which it was voided',
  })
  date!: string;

  @ApiProperty({
    type: String,
    enum: PAYMENT_METHODS,
    nullable: true,
    description: 'Null if an earlier release did not record it',
  })
  method!: PaymentMethod | null;

  @ApiProperty({ example: 'RECEIPT-2042', description: 'source_id of a payment, reference of a refund' })
  reference!: string;

  @SignedMoneyProperty({ example: '300.00', description: 'Negative for the void' })
  amount!: string;
}

export class StatementResponse extends StatementAccount implements StatementView {
  @ApiProperty({ type: [StatementRowResponse], description: 'Every category of obligations' })
  categories!: StatementRowResponse[];

  @ApiProperty()
  totals!: StatementAmountsResponse;

  @MoneyProperty({
    example: '0.00',
    description: "The driver's unused credit over all leases at the end of the week",
  })
  credit!: string;

  @SignedMoneyProperty({
    example: '0.00',
    description:
      'Money received in the week for loans that are written off, less voids in the week of amounts counted in ' +
      'earlier weeks. Not part of any balance above',
  })
  recovered!: string;

  @ApiProperty({
    type: [StatementMoneyResponse],
    description:
      'Payments and recoveries for the week under this lease, whether they paid obligations or became credit, ' +
      'and voids in the week of those of earlier weeks',
  })
  receipts!: StatementMoneyResponse[];

  @SignedMoneyProperty({ example: '300.00', description: 'The sum of receipts' })
  total_received!: string;

  @ApiProperty({
    type: [StatementMoneyResponse],
    description: 'Refunds of the week under this lease, and voids in the week of those of earlier weeks',
  })
  refunds!: StatementMoneyResponse[];

  @SignedMoneyProperty({ example: '0.00', description: 'The sum of refunds' })
  total_refunded!: string;
}
