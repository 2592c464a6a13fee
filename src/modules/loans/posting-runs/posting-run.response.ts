import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/openapi/decimal-property.decorator.js';
import { pageOf } from '../../../platform/http/openapi/page.response.js';
import { InstallmentErrorResponse } from './posting-result.response.js';
import type { PostingRunDetailView, PostingRunView } from './posting-run.view.js';
import { RUN_STATUSES, RUN_TRIGGERS } from './posting-run-status.js';
import type { PostingTrigger, RunStatus } from './posting-run-status.js';

export class PostingRunResponse implements PostingRunView {
  @ApiProperty({ type: 'integer' })
  run_id!: number;

  @ApiProperty({ enum: RUN_TRIGGERS })
  trigger!: PostingTrigger;

  @ApiProperty({ enum: RUN_STATUSES })
  status!: RunStatus;

  @ApiProperty({ description: 'Completed without an error' })
  success!: boolean;

  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty({ format: 'date', type: String, nullable: true, description: 'Null: from the first week' })
  period_start!: string | null;

  @ApiProperty({ format: 'date' })
  period_end!: string;

  @ApiProperty({ type: String, nullable: true })
  loan_id!: string | null;

  @ApiProperty({ type: 'integer', description: 'The number of installments to post when the run began' })
  installments_due!: number;

  @ApiProperty({ type: 'integer' })
  installments_posted!: number;

  @ApiProperty({ type: 'integer' })
  installments_failed!: number;

  @MoneyProperty({ example: '762.33' })
  total_amount_posted!: string;

  @MoneyProperty({ example: '0.00', description: 'The part that credits of the drivers paid immediately' })
  credits_applied!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why the run failed' })
  failure!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'User id; null for the system' })
  started_by!: number | null;

  @ApiProperty({ format: 'date-time', type: String })
  started_at!: Date;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  finished_at!: Date | null;
}

export class PostingRunDetailResponse extends PostingRunResponse implements PostingRunDetailView {
  @ApiProperty({ type: [InstallmentErrorResponse] })
  errors!: InstallmentErrorResponse[];
}

export const PostingRunPage = pageOf(PostingRunResponse, 'PostingRunPage');
