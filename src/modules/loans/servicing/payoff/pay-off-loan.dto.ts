import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, Matches, ValidateIf, ValidateNested } from 'class-validator';
import { Money } from '../../../../kernel/money/money.js';
import { DryRunField, MoneyField, ReferenceField, TextField } from '../../../../platform/http/dto/fields.js';
import { ReceiptDto } from '../../../ledger/index.js';
import type { PayOffLoanInput, PayoffPaymentInput } from './payoff.input.js';

export class PayoffPaymentDto extends ReceiptDto implements PayoffPaymentInput {
  @MoneyField({ example: '1503.42' })
  amount!: Money;

  @ApiProperty({ description: 'The type of the payment', example: 'CASHIER', maxLength: 40 })
  @Matches(/^[A-Z][A-Z0-9_]{0,39}$/, {
    message: 'source_type must contain only upper-case letters, digits and _, at most 40',
  })
  source_type!: string;

  @ReferenceField({
    maxLength: 80,
    description: 'Unique within its type, unless voided',
    example: 'RECEIPT-2025-0042',
  })
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
