import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { NullInDryRun } from '../../../platform/http/openapi/null-in-dry-run.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { PAYMENT_ORDER } from '../account/category.js';
import type { Category } from '../account/category.js';
import { SETTLEMENT_LINE_STATUSES, SETTLEMENT_RUN_STATUSES } from './settlement-status.js';
import type { SettlementLineStatus, SettlementRunStatus } from './settlement-status.js';
import { MAX_ANSWERED_LINES } from './settlement.input.js';
import type {
  CategoryAmountView,
  SettlementLineView,
  SettlementResultView,
  SettlementRunDetailView,
  SettlementRunView,
} from './settlement.view.js';

export class SettlementRunResponse implements SettlementRunView {
  @ApiProperty({ example: 'SR-2025-000001' })
  run_id!: string;

  @ApiProperty({ enum: SETTLEMENT_RUN_STATUSES })
  status!: SettlementRunStatus;

  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ format: 'date', example: '2025-11-02', description: 'Sunday of the payment week' })
  payment_period_start!: string;

  @ApiProperty({ type: 'integer' })
  lines_total!: number;

  @ApiProperty({ type: 'integer' })
  lines_paid!: number;

  @ApiProperty({ type: 'integer' })
  lines_rejected!: number;

  @ApiProperty({ type: 'integer', description: 'Lines whose driver owed nothing that could be paid' })
  lines_nothing_due!: number;

  @MoneyProperty({ example: '1000.00', description: 'The earnings of the settled lines' })
  total_earnings!: string;

  @MoneyProperty({ example: '700.00', description: 'What the earnings paid on balances' })
  total_applied!: string;

  @MoneyProperty({ example: '300.00', description: 'What the drivers are paid out' })
  total_net!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why the run failed' })
  failure!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User id; null for the system' })
  started_by!: number | null;

  @ApiProperty({ format: 'date-time', type: String })
  started_at!: Date;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  completed_at!: Date | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User id' })
  voided_by!: number | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  voided_at!: Date | null;

  @ApiProperty({ type: String, nullable: true })
  void_reason!: string | null;
}

export class CategoryAmountResponse implements CategoryAmountView {
  @ApiProperty({ enum: PAYMENT_ORDER })
  category!: Category;

  @MoneyProperty({ example: '500.00' })
  amount!: string;
}

export class SettlementRunDetailResponse extends SettlementRunResponse implements SettlementRunDetailView {
  @ApiProperty({
    type: [CategoryAmountResponse],
    description: 'What the lines paid, in the order of payment',
  })
  by_category!: CategoryAmountResponse[];

  @ApiProperty({
    type: 'integer',
    description: 'Lines that were voided since. The other counts and totals stay as the run settled them',
  })
  lines_voided!: number;

  @MoneyProperty({ example: '0.00', description: 'The part of total_applied that was voided since' })
  total_voided!: string;
}

export class LineErrorResponse {
  @ApiProperty({ example: 'DRIVER_UNKNOWN' })
  code!: string;

  @ApiProperty({ example: 'There is no driver with the TLC number 5012345.' })
  message!: string;
}

export class SettlementLineResponse implements SettlementLineView {
  @ApiProperty({ type: 'integer', description: 'The place in the list, or the line of the file' })
  line_number!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null if the driver is unknown' })
  driver_id!: number | null;

  @ApiProperty({ type: String, nullable: true, example: '5012345' })
  tlc_license_number!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Amara Diallo' })
  driver_name!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The lease that the line names' })
  lease_id!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'LS-1001' })
  lease_number!: string | null;

  @MoneyProperty({
    nullable: true,
    example: '500.00',
    description: 'The earnings; as the reference, null if the line of a file could not be read',
  })
  amount!: string | null;

  @MoneyProperty({ example: '0.00', description: 'What the driver keeps at least' })
  min_take_home!: string;

  @ApiProperty({ type: String, nullable: true, example: 'EARN-2025-11-02-1' })
  source_id!: string | null;

  @ApiProperty({ enum: SETTLEMENT_LINE_STATUSES })
  status!: SettlementLineStatus;

  @MoneyProperty({ example: '200.00', description: 'What the earnings paid on balances' })
  applied!: string;

  @MoneyProperty({ example: '300.00', description: 'What the driver is paid out' })
  net!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'LP-2025-000042',
    description: 'The payment; null if nothing was applied, and in a dry run',
  })
  posting_id!: string | null;

  @ApiProperty({ type: 'integer' })
  allocations_count!: number;

  @ApiProperty({ type: LineErrorResponse, nullable: true, description: 'Why the line is rejected' })
  error!: LineErrorResponse | null;
}

export class SettlementResultResponse extends SettlementRunDetailResponse implements SettlementResultView {
  @NullInDryRun({ example: 'SR-2025-000001' })
  declare run_id: string;

  @ApiProperty({
    type: [SettlementLineResponse],
    description: `The rejected lines, at most ${MAX_ANSWERED_LINES}; all lines of a dry run that has no more than that`,
  })
  lines!: SettlementLineResponse[];
}

export const SettlementRunPage = pageOf(SettlementRunResponse, 'SettlementRunPage');

export const SettlementLinePage = pageOf(SettlementLineResponse, 'SettlementLinePage');
