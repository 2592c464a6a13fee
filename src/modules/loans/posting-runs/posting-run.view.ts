import type { InstallmentErrorView } from '../posting/posting.view.js';

/** One execution of the weekly posting; while it runs, its progress. */
export interface PostingRunView {
  readonly run_id: number;
  readonly trigger: 'CRON' | 'API' | 'CLI';
  readonly status: 'RUNNING' | 'COMPLETED' | 'FAILED';
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
