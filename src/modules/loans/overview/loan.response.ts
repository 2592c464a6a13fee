import { ApiProperty } from '@nestjs/swagger';
import {
  MoneyProperty,
  PercentageProperty,
} from '../../../platform/http/openapi/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { NamedDriverResponse } from '../../drivers/index.js';
import { LOAN_STATUSES } from '../loan/loan-status.js';
import type { LoanStatus } from '../loan/loan-status.js';
import { ChangedInstallmentResponse, InstallmentResponse } from '../installments/installment.response.js';
import type { ChangedLoanView, LoanDetailView, LoanLeaseView, LoanListItemView } from './loan.view.js';
import type { LoanAfterChangeView } from './loan.view.js';

export class LoanLeaseResponse implements LoanLeaseView {
  @ApiProperty({ type: 'integer' })
  id!: number;

  @ApiProperty({ example: 'LS-1001' })
  lease_number!: string;

  @ApiProperty({ example: '5X41' })
  medallion_number!: string;

  @ApiProperty({ example: 'T612345C' })
  vehicle_plate!: string;
}

export class LoanListItem implements LoanListItemView {
  @ApiProperty({ type: 'integer' })
  id!: number;

  @ApiProperty({ example: 'DL-2025-0001' })
  loan_id!: string;

  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'The number in the loan id; unique over all years',
  })
  loan_number!: number;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @MoneyProperty({ example: '1500.00' })
  loan_amount!: string;

  @PercentageProperty({ example: '10.00', description: 'Percent a year' })
  interest_rate!: string;

  @ApiProperty({ type: String, nullable: true })
  purpose!: string | null;

  @ApiProperty({ type: String, nullable: true })
  notes!: string | null;

  @ApiProperty({ format: 'date', example: '2025-10-29' })
  loan_date!: string;

  @ApiProperty({ format: 'date', example: '2025-11-02' })
  start_week!: string;

  @ApiProperty({ format: 'date', example: '2025-12-13', description: 'Saturday of the last installment' })
  end_week!: string;

  @ApiProperty({ enum: LOAN_STATUSES })
  status!: LoanStatus;

  @MoneyProperty({ example: '0.00' })
  total_principal_paid!: string;

  @MoneyProperty({ example: '0.00' })
  total_interest_paid!: string;

  @MoneyProperty({ example: '0.00', description: 'Principal that was written off, and not collected' })
  written_off!: string;

  @MoneyProperty({
    example: '0.00',
    description: 'Principal and interest recovered after the write-off',
  })
  recovered!: string;

  @MoneyProperty({ example: '1500.00', description: 'Principal that is neither paid nor written off' })
  outstanding_balance!: string;

  @MoneyProperty({ example: '11.31' })
  total_interest!: string;

  @MoneyProperty({ example: '1511.31' })
  total_payable!: string;

  @ApiProperty({
    format: 'date',
    example: '2025-10-29',
    description: 'The day through which interest is settled: posted or waived',
  })
  interest_accrued_through!: string;

  @MoneyProperty({ example: '0.00', description: 'Interest that was waived when the loan was resumed' })
  waived_interest!: string;

  @ApiProperty({ format: 'date', type: String, nullable: true, example: '2025-11-08' })
  next_due_date!: string | null;

  @MoneyProperty({ example: '254.11', description: 'Posted, and neither paid nor written off' })
  amount_due!: string;

  @MoneyProperty({ example: '0.00', description: 'The part of amount_due that fell due before today' })
  amount_overdue!: string;

  @ApiProperty({ type: 'integer', nullable: true })
  approved_by!: number | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  approved_on!: Date | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  closed_on!: Date | null;

  @ApiProperty({ type: String, nullable: true })
  closure_reason!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  created_by!: number | null;

  @ApiProperty({ format: 'date-time', type: String })
  created_on!: Date;

  @ApiProperty({ format: 'date-time', type: String })
  updated_on!: Date;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For an imported loan, its number in the imported file',
  })
  import_reference!: string | null;

  @ApiProperty()
  driver!: NamedDriverResponse;

  @ApiProperty()
  lease!: LoanLeaseResponse;
}

export class LoanDetailResponse extends LoanListItem implements LoanDetailView {
  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'The latest version of the schedule: 1 is the agreed one, 0 means that the loan is a draft',
  })
  schedule_version!: number;

  @ApiProperty({ type: 'integer', description: 'Without skipped installments' })
  total_installments!: number;

  @ApiProperty({ type: 'integer', description: 'Paid in full, so without written-off installments' })
  paid_installments!: number;

  @ApiProperty({ type: 'integer', description: 'Neither paid nor written off' })
  pending_installments!: number;

  @MoneyProperty({
    example: '0.00',
    description: 'Principal and interest written off and not recovered: the maximum of a recovery',
  })
  left_to_recover!: string;

  @ApiProperty({ type: [InstallmentResponse] })
  installments!: InstallmentResponse[];
}

export class ChangedLoan extends LoanDetailResponse implements LoanAfterChangeView {
  @ApiProperty({ type: [ChangedInstallmentResponse] })
  declare installments: ChangedInstallmentResponse[];
}

export class ChangedLoanResponse extends ChangedLoan implements ChangedLoanView {
  @ApiProperty({ description: 'True if nothing was written' })
  dry_run!: boolean;
}

export const LoanPage = pageOf(LoanListItem, 'LoanPage');
