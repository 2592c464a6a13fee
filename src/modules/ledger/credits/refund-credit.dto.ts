import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Money } from '../../../kernel/money/money.js';
import { FlagField, IdField, MoneyField, TextField } from '../../../platform/http/dto/fields.js';
import { PAYMENT_METHODS } from '../postings/posting-kind.js';
import type { PaymentMethod } from '../postings/posting-kind.js';
import type { RefundCreditInput } from './credit.input.js';

export class RefundCreditDto implements RefundCreditInput {
  @IdField({ example: 1 })
  driver_id!: number;

  @MoneyField({ example: '45.89' })
  amount!: Money;

  @ApiProperty({ enum: PAYMENT_METHODS, description: 'How the money is paid out' })
  @IsIn(PAYMENT_METHODS, { message: `method must be one of ${PAYMENT_METHODS.join(', ')}` })
  method!: PaymentMethod;

  @TextField({
    maxLength: 80,
    description: 'The number of the check or transfer: unique among refunds that are not voided',
    example: 'CHECK-1042',
  })
  reference!: string;

  @TextField({ maxLength: 500, example: 'The driver leaves the fleet' })
  reason!: string;

  @FlagField({
    optional: true,
    default: false,
    description: 'Return what would be refunded and write nothing',
  })
  dry_run: boolean = false;
}
