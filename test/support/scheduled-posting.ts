import { WeeklyPostingJob } from '../../src/modules/loans/jobs/weekly-posting.job.js';
import type { TestApp } from './test-app.js';

/** Lets the scheduled posting look at the clock once, and waits until it has done what it found to do. */
export async function tick(app: TestApp): Promise<void> {
  const job = app.get(WeeklyPostingJob);
  job.tick();
  await job['running'];
}

export interface RunRow {
  id: number;
  trigger: 'CRON' | 'API' | 'CLI';
  scheduled_week: string | null;
  period_start: string | null;
  period_end: string;
  status: 'RUNNING' | 'COMPLETED' | 'FAILED';
  installments_due: number;
  installments_posted: number;
  total_amount_posted: string;
  failure: string | null;
  started_by: number | null;
  started_at: Date;
  finished_at: Date | null;
}

/** The scheduled runs in the order of their weeks. */
export function scheduledRuns(db: TestApp['db']): Promise<RunRow[]> {
  return db.query<RunRow[]>(`SELECT * FROM posting_runs WHERE trigger = 'CRON' ORDER BY scheduled_week`);
}
