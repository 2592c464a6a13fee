import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../../platform/http/openapi/decimal-property.decorator.js';
import { NullInDryRun } from '../../../../platform/http/openapi/null-in-dry-run.decorator.js';
import { ChangedLoan } from '../../overview/loan.response.js';
import type { WriteOffView } from './write-off.view.js';

export class WriteOffResponse implements WriteOffView {
  @ApiProperty()
  dry_run!: boolean;

  @NullInDryRun({
    example: 'LP-2025-000042',
    description: 'The CREDIT. Its void reverses the write-off',
  })
  posting_id!: string;

  @MoneyProperty({
    example: '0.00',
    description: "The driver's credit that paid open balances before the write-off",
  })
  credit_used!: string;

  @MoneyProperty({
    example: '254.11',
    description:
      'Principal and interest that were open in the ledger after the credit. loan.written_off also includes the ' +
      'principal that was not posted yet',
  })
  amount_settled!: string;

  @ApiProperty()
  loan!: ChangedLoan;
}
