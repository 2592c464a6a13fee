import { Money } from '../../../../kernel/money/money.js';
import { DryRunField, MoneyField, ReferenceField } from '../../../../platform/http/dto/fields.js';
import { ReceiptDto } from '../../../ledger/index.js';
import type { RecoverLoanInput } from './write-off.input.js';

export class RecoverLoanDto extends ReceiptDto implements RecoverLoanInput {
  @MoneyField({ example: '100.00', description: 'At most left_to_recover of the loan' })
  amount!: Money;

  @ReferenceField({
    maxLength: 80,
    description: 'The number of the receipt: unique among recoveries that are not voided',
    example: 'RECEIPT-2025-0042',
  })
  source_id!: string;

  @DryRunField()
  dry_run?: boolean;
}
