import { ApiProperty } from '@nestjs/swagger';
import {
  MoneyProperty,
  PercentageProperty,
} from '../../../platform/http/openapi/decimal-property.decorator.js';
import { PlannedInstallmentResponse } from '../installments/installment.response.js';
import type { LoanPreviewView } from './origination.view.js';

export class LoanPreviewResponse implements LoanPreviewView {
  @MoneyProperty({ example: '1500.00' })
  loan_amount!: string;

  @PercentageProperty({ example: '10.00' })
  interest_rate!: string;

  @ApiProperty({ format: 'date', example: '2025-10-29' })
  loan_date!: string;

  @ApiProperty({ format: 'date', example: '2025-11-02' })
  start_week!: string;

  @ApiProperty({ format: 'date', example: '2025-12-13', description: 'Saturday of the last installment' })
  end_week!: string;

  @MoneyProperty({ example: '250.00' })
  weekly_principal!: string;

  @MoneyProperty({ example: '11.31' })
  total_interest!: string;

  @MoneyProperty({ example: '1511.31' })
  total_payable!: string;

  @ApiProperty({ type: [PlannedInstallmentResponse] })
  installments!: PlannedInstallmentResponse[];
}
