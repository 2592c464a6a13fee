import { ApiProperty } from '@nestjs/swagger';
import {
  MoneyProperty,
  PercentageProperty,
} from '../../../platform/http/openapi/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { LOAN_STATUSES } from '../loan/loan-status.js';
import type { LoanStatus } from '../loan/loan-status.js';
import type {
  AgingItemView,
  AgingTotalsView,
  LoanAgingView,
  PortfolioAtRiskView,
} from './loan-report.view.js';

export class AgingTotals implements AgingTotalsView {
  @MoneyProperty({ example: '250.00', description: 'Due today or later' })
  current!: string;

  @MoneyProperty({ example: '250.96' })
  days_1_7!: string;

  @MoneyProperty({ example: '0.00' })
  days_8_14!: string;

  @MoneyProperty({ example: '0.00' })
  days_15_28!: string;

  @MoneyProperty({ example: '0.00' })
  over_28_days!: string;

  @MoneyProperty({ example: '250.96', description: 'Due before today: all but current' })
  overdue!: string;
}

export class AgingItem extends AgingTotals implements AgingItemView {
  @ApiProperty({ example: 'DL-2025-0001' })
  loan_id!: string;

  @ApiProperty({ enum: LOAN_STATUSES })
  status!: LoanStatus;

  @ApiProperty({ type: 'integer' })
  driver_id!: number;

  @ApiProperty({ type: 'integer' })
  lease_id!: number;

  @ApiProperty({ example: '5012345' })
  tlc_license_number!: string;

  @ApiProperty({ example: 'Amara Diallo' })
  driver_name!: string;

  @MoneyProperty({ example: '1250.00', description: 'Unpaid principal of the whole loan' })
  outstanding_balance!: string;

  @ApiProperty({
    type: 'integer',
    example: 3,
    description: 'Days since the due date of the oldest unpaid installment',
  })
  days_overdue!: number;
}

export class PortfolioAtRisk implements PortfolioAtRiskView {
  @MoneyProperty({ example: '35700.00', description: 'Unpaid principal of all loans' })
  outstanding_principal!: string;

  @MoneyProperty({ example: '1250.00', description: 'Unpaid principal of loans with anything overdue' })
  principal_overdue!: string;

  @PercentageProperty({ example: '3.50', description: 'Percent: principal_overdue of outstanding_principal' })
  share_overdue!: string;

  @MoneyProperty({
    example: '0.00',
    description: 'Unpaid principal of loans with anything overdue more than 28 days',
  })
  principal_over_28_days!: string;

  @PercentageProperty({
    example: '0.00',
    description: 'Percent: principal_over_28_days of outstanding_principal',
  })
  share_over_28_days!: string;
}

export class LoanAgingResponse extends pageOf(AgingItem, 'AgingPage') implements LoanAgingView {
  @ApiProperty({ format: 'date', example: '2025-11-19' })
  as_of!: string;

  @ApiProperty()
  totals!: AgingTotals;

  @ApiProperty()
  portfolio_at_risk!: PortfolioAtRisk;
}
