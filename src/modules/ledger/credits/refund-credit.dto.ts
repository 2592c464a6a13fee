import { Money } from '../../../kernel/money/money.js';
import { CodeField, FlagField, IdField, MoneyField, TextField } from '../../../platform/http/dto/fields.js';
import { PAYMENT_METHODS } from '../postings/posting-kind.js';
import type { PaymentMethod } from '../postings/posting-kind.js';
import type { RefundCreditInput } from './credit.input.js';

export class RefundCreditDto implements RefundCreditInput {
  @IdField({ example: 1 })
  driver_id!: number;

  @MoneyField({ example: '45.89' })
  amount!: Money;

  @CodeField(PAYMENT_METHODS, { description: 'How the money is paid out' })
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
