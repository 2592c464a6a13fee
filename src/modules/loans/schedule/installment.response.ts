import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty, PercentageProperty } from '../../../platform/http/decimal-property.decorator.js';
import { NullInDryRun } from '../../../platform/http/null-in-dry-run.decorator.js';
import { pageOf } from '../../../platform/http/page.response.js';
import { INSTALLMENT_STATUSES, LOAN_STATUSES } from '../loan/loan-status.js';
import type { InterestBasis } from './interest.js';
import type { InstallmentStatus, LoanStatus } from '../loan/loan-status.js';

/** principal × annual_rate/100 × days/365, half-up to cents, is the interest; a payoff adds interest_carried. */
export class InterestBasisResponse {
  @MoneyProperty({ example: '1500.00' })
  principal!: string;

  @PercentageProperty({ example: '10.00', description: 'Percent a year' })
  annual_rate!: string;

  @ApiProperty({ format: 'date', example: '2025-10-29', description: 'Interest is settled through this day' })
  from!: string;

  @ApiProperty({ format: 'date', example: '2025-11-08', description: 'The last day of the period' })
  to!: string;

  @ApiProperty({ type: 'integer', example: 10 })
  days!: number;
}

export function basisResponse(basis: InterestBasis): InterestBasisResponse {
  return {
    principal: basis.principal.toString(),
    annual_rate: basis.annualRate.toString(),
    from: basis.from,
    to: basis.to,
    days: basis.days,
  };
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

  @MoneyProperty({
    example: '0.00',
    description: 'The part of interest_amount that a payoff keeps from the installments which it replaced',
  })
  interest_carried!: string;

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

/** An installment in the answer of a change to its loan. */
export class ChangedInstallmentResponse extends InstallmentResponse {
  @NullInDryRun({ type: 'integer' })
  declare id: number;

  @NullInDryRun({ example: 'DL-2025-0001-INST-01' })
  declare installment_id: string;
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

export class UnpostedSums {
  @ApiProperty({ type: 'integer', example: 3 })
  installments!: number;

  @MoneyProperty({ example: '750.00' })
  principal_amount!: string;

  @MoneyProperty({ example: '12.33' })
  interest_amount!: string;

  @MoneyProperty({ example: '762.33' })
  total_due!: string;
}

/** A page of what is still to be posted, with sums over all pages. */
export class UnpostedInstallmentsResponse extends pageOf(InstallmentListItem, 'UnpostedPage') {
  @ApiProperty({ description: 'Over all pages' })
  totals!: UnpostedSums;

  @ApiProperty({ description: 'The part of totals on ACTIVE loans: a posting of these weeks posts it' })
  to_post!: UnpostedSums;
}
