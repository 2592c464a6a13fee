import type { PostingError, PostingScope, RunTotals } from './posting-run.repository.js';
import type { PostingTrigger, RunStatus } from './posting-run-status.js';

/** One execution of the weekly posting, with its progress while it runs. */
export interface PostingRunView {
  readonly run_id: number;
  readonly trigger: PostingTrigger;
  readonly status: RunStatus;
  readonly success: boolean;
  readonly dry_run: boolean;
  readonly period_start: string | null;
  readonly period_end: string;
  readonly loan_id: string | null;
  readonly installments_due: number;
  readonly installments_posted: number;
  readonly installments_failed: number;
  readonly total_amount_posted: string;
  readonly credits_applied: string;
  readonly failure: string | null;
  readonly started_by: number | null;
  readonly started_at: Date;
  readonly finished_at: Date | null;
}

export interface PostingRunDetailView extends PostingRunView {
  readonly errors: InstallmentErrorView[];
}

export interface InstallmentErrorView {
  readonly installment_id: string | null;
  readonly code: string;
  readonly message: string;
}

/** The result of a posting run; in a dry run, what it would post. */
export interface PostingResultView {
  readonly run_id: number;
  readonly success: boolean;
  readonly message: string;
  readonly dry_run: boolean;
  readonly period_start: string | null;
  readonly period_end: string;
  readonly installments_processed: number;
  readonly installments_posted: number;
  readonly total_amount_posted: string;
  readonly credits_applied: string;
  readonly errors: InstallmentErrorView[] | null;
}

export interface ScheduledRunView {
  readonly week_start: string;
  readonly week_end: string;
  readonly at: Date;
}

export interface PostingScheduleView {
  readonly today: string;
  readonly time_zone: string;
  readonly next_run: ScheduledRunView;
}

interface PostedRun {
  readonly id: number;
  readonly dryRun: boolean;
  readonly scope: PostingScope;
}

/** The result of a run. If a run over one loan posts nothing, the message says why. */
export function postingResult(
  { id, dryRun, scope }: PostedRun,
  { installments_posted, total_amount_posted, credits_applied, errors }: RunTotals,
): PostingResultView {
  const failed = errors.filter(({ installment_id }) => installment_id !== null).length;
  const processed = installments_posted + failed;
  const counts = `${dryRun ? 'Would post' : 'Posted'} ${installments_posted}/${processed} installments`;
  const hasNothing = processed === 0 && scope.loanId !== null;
  return {
    run_id: id,
    success: errors.length === 0,
    message: hasNothing ? `${counts}. ${whyNothing(scope.loanId, errors)}` : counts,
    dry_run: dryRun,
    period_start: scope.from,
    period_end: scope.through,
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
