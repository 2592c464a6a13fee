import { Module } from '@nestjs/common';
import { LoansModule } from '../loans.module.js';
import { AbandonedRunsJob } from './abandoned-runs.job.js';
import { PostingHealthIndicator } from './posting-health.indicator.js';
import { WeeklyPostingJob } from './weekly-posting.job.js';

/** The cron, for the processes that serve; the command line does without it. */
@Module({
  imports: [LoansModule],
  providers: [AbandonedRunsJob, PostingHealthIndicator, WeeklyPostingJob],
})
export class WeeklyPostingModule {}
