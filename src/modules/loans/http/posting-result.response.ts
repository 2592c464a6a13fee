import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/decimal-property.decorator.js';

export class InstallmentErrorResponse {
  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  installment_id!: string;

  @ApiProperty({ enum: ['SOURCE_ALREADY_POSTED', 'INSTALLMENT_REFUSED'] })
  code!: string;

  @ApiProperty({ example: 'The ledger already holds a standing posting for this installment.' })
  message!: string;
}

/** What a posting run did, or, dry, would do. */
export class PostingResultResponse {
  @ApiProperty({ type: 'integer' })
  run_id!: number;

  @ApiProperty({ description: 'False where an installment could not be posted' })
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

  @ApiProperty({ type: [InstallmentErrorResponse], nullable: true })
  errors!: InstallmentErrorResponse[] | null;
}
