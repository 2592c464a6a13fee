import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { Money } from '../../../../kernel/money/money.js';
import { DryRunField, MoneyField, TextField } from '../../../../platform/http/dto/fields.js';
import { ReceiptDto, SourceIdField, SourceTypeField } from '../../../ledger/index.js';
import type { PayOffLoanInput, PayoffPaymentInput } from './payoff.input.js';

export class PayoffPaymentDto extends ReceiptDto implements PayoffPaymentInput {
  @MoneyField({ example: '1503.42' })
  amount!: Money;

  @SourceTypeField({ description: 'The type of the payment', example: 'CASHIER' })
  source_type!: string;

  @SourceIdField('RECEIPT-2025-0042')
  source_id!: string;
}

export class PayOffLoanDto implements PayOffLoanInput {
  @ApiPropertyOptional({
    type: PayoffPaymentDto,
    description: 'Without a payment, the payoff is posted and the driver owes it',
  })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsObject({ message: 'payment must be an object' })
  @ValidateNested()
  @Type(() => PayoffPaymentDto)
  payment?: PayoffPaymentDto;

  @TextField({ optional: true, maxLength: 255, example: 'Driver sold his medallion' })
  reason?: string;

  @DryRunField()
  dry_run?: boolean;
}
