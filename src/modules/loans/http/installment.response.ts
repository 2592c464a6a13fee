import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty, PercentageProperty } from '../../../platform/http/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/page.response.js';
import { INSTALLMENT_STATUSES, LOAN_STATUSES } from '../domain/loan-status.js';
import type { InstallmentStatus, LoanStatus } from '../domain/loan-status.js';

/** principal × annual_rate/100 × days/365, half-up to cents, is the interest. */
export class InterestBasisResponse {
  @MoneyProperty({ example: '1500.00' })
  principal!: string;

  @PercentageProperty({ example: '10.00', description: 'Percent a year' })
  annual_rate!: string;

  @ApiProperty({ type: 'integer', example: 10 })
  days!: number;
}

/** One installment of a schedule as it is planned. */
export class PlannedInstallmentResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  installment_number!: number;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  due_date!: string;

  @ApiProperty({ format: 'date', example: '2025-11-02' })
  week_start!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08' })
  week_end!: string;

  @MoneyProperty({ example: '250.00' })
  principal_amount!: string;

  @MoneyProperty({ example: '4.11' })
  interest_amount!: string;

  @MoneyProperty({ example: '254.11' })
  total_due!: string;

  @ApiProperty()
  interest_basis!: InterestBasisResponse;
}

export class InstallmentResponse extends PlannedInstallmentResponse {
  @ApiProperty({ type: 'integer' })
  id!: number;

  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  installment_id!: string;

  @ApiProperty({ example: 'DL-2025-0001' })
  loan_id!: string;

  @MoneyProperty({ example: '0.00' })
  principal_paid!: string;

  @MoneyProperty({ example: '0.00' })
  interest_paid!: string;

  @MoneyProperty({ example: '0.00', description: 'Given up with the loan, and not collected' })
  principal_written_off!: string;

  @MoneyProperty({ example: '0.00' })
  interest_written_off!: string;

  @MoneyProperty({ example: '254.11' })
  outstanding_balance!: string;

  @ApiProperty({ enum: INSTALLMENT_STATUSES, description: 'DUE: unposted, and its week has begun' })
  status!: InstallmentStatus;

  @ApiProperty({ type: String, nullable: true, example: 'LB-2025-000042' })
  ledger_balance_id!: string | null;

  @ApiProperty()
  posted_to_ledger!: boolean;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  posted_on!: Date | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User; null for the system itself' })
  posted_by!: number | null;
}

/** An installment in a list, with the loan, driver and cab that it belongs to. */
export class InstallmentListItem extends InstallmentResponse {
  @ApiProperty({ enum: LOAN_STATUSES })
  loan_status!: LoanStatus;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ example: 'TLC-5012345' })
  tlc_license_number!: string;

  @ApiProperty({ example: 'Amara Diallo' })
  driver_name!: string;

  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @ApiProperty({ example: 'LS-1001' })
  lease_number!: string;

  @ApiProperty({ type: 'integer' })
  medallion_id!: number;

  @ApiProperty({ example: '5X41' })
  medallion_number!: string;

  @ApiProperty({ type: 'integer' })
  vehicle_id!: number;

  @ApiProperty({ example: 'T612345C' })
  vehicle_plate!: string;
}

export const InstallmentPage = pageOf(InstallmentListItem, 'InstallmentPage');
