import { ApiProperty } from '@nestjs/swagger';
import { MoneyProperty } from '../../../platform/http/decimal-property.decorator.js';
import type { PostingPeriod } from './posting-calendar.js';
import type { PostingError, RunTotals } from '../posting-runs/posting-run.repository.js';

export class InstallmentErrorResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'DL-2025-0001-INST-01',
    description: 'Null where the run is for one loan, and none of its installments can be posted',
  })
  installment_id!: string | null;

  @ApiProperty({ enum: ['SOURCE_ALREADY_POSTED', 'INSTALLMENT_REFUSED', 'LOAN_NOT_ACTIVE'] })
  code!: string;

  @ApiProperty({ example: 'The ledger already holds a standing posting for this installment.' })
  message!: string;
}

/** What a posting run did, or, dry, would do. */
export class PostingResultResponse {
  @ApiProperty({ type: 'integer' })
  run_id!: number;

  @ApiProperty({ description: 'False where an installment, or the one loan of the run, cannot be posted' })
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

  @MoneyProperty({ example: '0.00', description: 'What credits of the drivers paid of it at once' })
  credits_applied!: string;

  @ApiProperty({ type: [InstallmentErrorResponse], nullable: true })
  errors!: InstallmentErrorResponse[] | null;
}

interface PostedRun {
  readonly id: number;
  readonly dryRun: boolean;
  readonly scope: { readonly loanId: string | null };
}

/** What the run answers for what it did. A run over one loan that posts nothing says why. */
export function postingResult(
  { id, dryRun, scope }: PostedRun,
  { start, end }: PostingPeriod,
  { installments_posted, total_amount_posted, credits_applied, errors }: RunTotals,
): PostingResultResponse {
  const failed = errors.filter(({ installment_id }) => installment_id !== null).length;
  const processed = installments_posted + failed;
  const counts = `${dryRun ? 'Would post' : 'Posted'} ${installments_posted}/${processed} installments`;
  const hasNothing = processed === 0 && scope.loanId !== null;
  return {
    run_id: id,
    success: errors.length === 0,
    message: hasNothing ? `${counts}. ${whyNothing(scope.loanId, errors)}` : counts,
    dry_run: dryRun,
    period_start: start,
    period_end: end,
    installments_processed: processed,
    installments_posted,
    total_amount_posted,
    credits_applied,
    errors: errors.length > 0 ? errors : null,
  };
}

function whyNothing(loanId: string, [refusal]: readonly PostingError[]): string {
  return refusal?.message ?? `${loanId} has nothing to post in this period.`;
}
