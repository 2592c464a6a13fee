import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import type { InstallmentErrorView, PostingResultView } from './posting-run.view.js';

export class InstallmentErrorResponse implements InstallmentErrorView {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'DL-2025-0001-INST-01',
    description: 'Null if the run is for one loan that cannot be posted as a whole',
  })
  installment_id!: string | null;

  @ApiProperty({
    enum: [
      'SOURCE_ALREADY_POSTED',
      'INSTALLMENT_REFUSED',
      'LOAN_NOT_ACTIVE',
      'INSTALLMENT_ALREADY_POSTED',
      'INSTALLMENT_SKIPPED',
    ],
  })
  code!: string;

  @ApiProperty({ example: 'The ledger already has an active posting for this installment.' })
  message!: string;
}

export class PostingResultResponse implements PostingResultView {
  @ApiProperty({ type: 'integer' })
  run_id!: number;

  @ApiProperty({ description: 'False if an installment, or the only loan of the run, cannot be posted' })
  success!: boolean;

  @ApiProperty({ example: 'Posted 3/3 installments' })
  message!: string;

  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ format: 'date', type: String, nullable: true, description: 'Null: from the first week' })
  period_start!: string | null;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  period_end!: string;

  @ApiProperty({ type: 'integer' })
  installments_processed!: number;

  @ApiProperty({ type: 'integer' })
  installments_posted!: number;

  @MoneyProperty({ example: '762.33' })
  total_amount_posted!: string;

  @MoneyProperty({ example: '0.00', description: 'The part that credits of the drivers paid immediately' })
  credits_applied!: string;

  @ApiProperty({ type: [InstallmentErrorResponse], nullable: true })
  errors!: InstallmentErrorResponse[] | null;
}
