import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Money } from '../../../kernel/money/money.js';
import {
  DateField,
  DryRunField,
  IdField,
  MoneyField,
  ReferenceField,
  TextField,
} from '../../../platform/http/dto/fields.js';
import { ItemsField } from '../../../platform/http/dto/items-field.js';
import type { Earnings } from './settlement-lines.js';
import type { SettlementInput } from './settlement.input.js';

const MAX_LINES = 10_000;

export const TakeHomeField = (description: string): PropertyDecorator =>
  TextField({ optional: true, maxLength: 20, description, example: '25%' });

export class EarningsDto implements Earnings {
  @IdField({ optional: true, description: 'The driver by id, or by tlc_license_number', example: 1 })
  driver_id?: number;

  @TextField({ optional: true, maxLength: 40, description: 'The driver by TLC number', example: '5012345' })
  tlc_license_number?: string;

  @IdField({
    optional: true,
    description:
      'The lease whose balances are paid first. Default: the balances of all leases are paid in one order',
    example: 1,
  })
  lease_id?: number;

  @MoneyField({ example: '500.00', description: 'The earnings' })
  amount!: Money;

  @ReferenceField({
    maxLength: 80,
    description: 'Unique among all earnings, also those of payments of type WEEKLY_EARNINGS',
    example: 'EARN-2025-11-02-1',
  })
  source_id!: string;

  @TakeHomeField('As min_take_home of the run, for this line')
  min_take_home?: string;
}

export class SettleDto implements SettlementInput {
  @DateField({ description: 'Sunday of the payment week', example: '2025-11-02' })
  payment_period_start!: CalendarDate;

  @ItemsField(EarningsDto, {
    maxItems: MAX_LINES,
    message: `lines must list 1 to ${MAX_LINES} earnings`,
  })
  lines!: EarningsDto[];

  @TakeHomeField(
    'What each driver keeps of the earnings at least: an amount such as "150.00" or a percentage such as "25%"; default: the setting SETTLEMENT_MIN_TAKE_HOME',
  )
  min_take_home?: string;

  @DryRunField()
  dry_run?: boolean;
}
