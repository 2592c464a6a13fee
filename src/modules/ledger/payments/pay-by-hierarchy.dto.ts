import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Money } from '../../../kernel/money/money.js';
import { DateField, DryRunField, IdField, MoneyField } from '../../../platform/http/dto/fields.js';
import { SourceIdField, SourceTypeField } from '../account/source-fields.dto.js';
import { ReceiptDto } from './receipt.dto.js';
import type { PayByHierarchyInput } from './payment.input.js';

/** What every payment has. */
export abstract class PaymentDto extends ReceiptDto {
  @IdField({ example: 1 })
  driver_id!: number;

  @MoneyField({ example: '300.00' })
  amount!: Money;

  @DateField({ description: 'Sunday of the payment week', example: '2025-11-02' })
  payment_period_start!: CalendarDate;

  @SourceTypeField({ description: 'The type of the payment', example: 'WEEKLY_EARNINGS' })
  source_type!: string;

  @SourceIdField('EARN-2025-11-02-1')
  source_id!: string;

  @DryRunField()
  dry_run?: boolean;
}

export class PayByHierarchyDto extends PaymentDto implements PayByHierarchyInput {
  @IdField({
    optional: true,
    description:
      'The lease whose balances are paid first. Default: the balances of all leases are paid in one order, under the latest active lease',
    example: 1,
  })
  lease_id?: number;
}
