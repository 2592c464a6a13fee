import type { DataSource } from 'typeorm';
import { WeeklyPostingJob } from '../../src/modules/loans/posting/weekly-posting.job.js';
import type { TestApp } from './test-app.js';

/** Runs one tick of the scheduled posting and waits until its work is done. */
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

const RUNS = `
  SELECT id, trigger, scheduled_week::text, period_start::text, period_end::text, status, installments_due,
         installments_posted, total_amount_posted, failure, started_by, started_at, finished_at
  FROM posting_runs`;

/** Every run in the order of its start. */
export function allRuns(db: DataSource): Promise<RunRow[]> {
  return db.query<RunRow[]>(`${RUNS} ORDER BY id`);
}

/** The scheduled runs in the order of their weeks. */
export function scheduledRuns(db: DataSource): Promise<RunRow[]> {
  return db.query<RunRow[]>(`${RUNS} WHERE trigger = 'CRON' ORDER BY scheduled_week`);
}
