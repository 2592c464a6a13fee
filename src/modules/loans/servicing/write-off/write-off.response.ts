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
    description: 'The CREDIT; voiding it reverses the write-off',
  })
  posting_id!: string;

  @MoneyProperty({
    example: '0.00',
    description: "Of the driver's credit, paid on his open debts before anything was written off",
  })
  credit_used!: string;

  @MoneyProperty({
    example: '254.11',
    description:
      'Principal and interest that were open in the ledger after the credit. The principal that was not posted yet is in ' +
      'loan.written_off too',
  })
  amount_settled!: string;

  @ApiProperty()
  loan!: ChangedLoan;
}
