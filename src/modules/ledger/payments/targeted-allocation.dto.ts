import type { Money } from '../../../kernel/money/money.js';
import { MoneyField, TextField } from '../../../platform/http/dto/fields.js';
import type { TargetedAllocationInput } from './payment.input.js';

export class TargetedAllocationDto implements TargetedAllocationInput {
  @TextField({ maxLength: 40, example: 'LB-2025-000042' })
  balance_id!: string;

  @MoneyField({ example: '54.11' })
  amount!: Money;
}
