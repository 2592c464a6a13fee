import { ApiProperty } from '@nestjs/swagger';
import {
  MoneyProperty,
  PercentageProperty,
} from '../../../platform/http/openapi/decimal-property.decorator.js';
import { NullInDryRun } from '../../../platform/http/openapi/null-in-dry-run.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { INSTALLMENT_STATUSES, LOAN_STATUSES } from '../loan/loan-status.js';
import type { InstallmentStatus, LoanStatus } from '../loan/loan-status.js';
import type {
  ChangedInstallmentView,
  InstallmentListItemView,
  InstallmentView,
  InterestBasisView,
  PlannedInstallmentView,
  UnpostedInstallmentsView,
  UnpostedSumsView,
} from './installment.view.js';

export class InterestBasisResponse implements InterestBasisView {
  @MoneyProperty({ example: '1500.00' })
  principal!: string;

  @PercentageProperty({ example: '10.00', description: 'Percent a year' })
  annual_rate!: string;

  @ApiProperty({ format: 'date', example: '2025-10-29', description: 'The period begins after this day' })
  from!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08', description: 'The last day of the period' })
  to!: string;

  @ApiProperty({ type: 'integer', example: 10 })
  days!: number;
}

export class PlannedInstallmentResponse implements PlannedInstallmentView {
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

export class InstallmentResponse extends PlannedInstallmentResponse implements InstallmentView {
  @ApiProperty({ type: 'integer' })
  id!: number;

  @ApiProperty({ example: 'DL-2025-0001-INST-01' })
  installment_id!: string;

  @ApiProperty({ example: 'DL-2025-0001' })
  loan_id!: string;

  @MoneyProperty({
    example: '0.00',
    description:
      'The part of interest_amount that a payoff carries over from the installments that it replaced',
  })
  interest_carried!: string;

  @MoneyProperty({ example: '0.00' })
  principal_paid!: string;

  @MoneyProperty({ example: '0.00' })
  interest_paid!: string;

  @MoneyProperty({ example: '0.00', description: 'Written off with the loan, and not collected' })
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

  @ApiProperty({ type: 'integer', nullable: true, description: 'User id; null for the system' })
  posted_by!: number | null;
}

export class ChangedInstallmentResponse extends InstallmentResponse implements ChangedInstallmentView {
  @NullInDryRun({ type: 'integer' })
  declare id: number;

  @NullInDryRun({ example: 'DL-2025-0001-INST-01' })
  declare installment_id: string;
}

export class InstallmentListItem extends InstallmentResponse implements InstallmentListItemView {
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

export class UnpostedSums implements UnpostedSumsView {
  @ApiProperty({ type: 'integer', example: 3 })
  installments!: number;

  @MoneyProperty({ example: '750.00' })
  principal_amount!: string;

  @MoneyProperty({ example: '12.33' })
  interest_amount!: string;

  @MoneyProperty({ example: '762.33' })
  total_due!: string;
}

export class UnpostedInstallmentsResponse
  extends pageOf(InstallmentListItem, 'UnpostedPage')
  implements UnpostedInstallmentsView
{
  @ApiProperty({ description: 'Over all pages' })
  totals!: UnpostedSums;

  @ApiProperty({
    description: 'The part of totals on ACTIVE loans, which a posting run of these weeks posts',
  })
  to_post!: UnpostedSums;
}
