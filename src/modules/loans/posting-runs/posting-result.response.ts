import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import type { InstallmentErrorView, PostingResultView } from './posting-run.view.js';

export class InstallmentErrorResponse implements InstallmentErrorView {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'DL-2025-0001-INST-01',
    description: 'Null where the run is for one loan, and none of its installments can be posted',
  })
  installment_id!: string | null;

  @ApiProperty({ enum: ['SOURCE_ALREADY_POSTED', 'INSTALLMENT_REFUSED', 'LOAN_NOT_ACTIVE'] })
  code!: string;

  @ApiProperty({ example: 'The ledger already has an active posting for this installment.' })
  message!: string;
}

export class PostingResultResponse implements PostingResultView {
  @ApiProperty({ type: 'integer' })
  run_id!: number;

  @ApiProperty({ description: 'False where an installment, or the one loan of the run, cannot be posted' })
  success!: boolean;

  @ApiProperty({ example: 'Posted 3/3 installments' })
  message!: string;

  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ format: 'date', type: String, nullable: true, description: 'Null: from the first week on' })
  period_start!: string | null;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  period_end!: string;

  @ApiProperty({ type: 'integer' })
  installments_processed!: number;

  @ApiProperty({ type: 'integer' })
  installments_posted!: number;

  @MoneyProperty({ example: '762.33' })
  total_amount_posted!: string;

  @MoneyProperty({ example: '0.00', description: 'What credits of the drivers paid of it at once' })
  credits_applied!: string;

  @ApiProperty({ type: [InstallmentErrorResponse], nullable: true })
  errors!: InstallmentErrorResponse[] | null;
}
