import { Module } from '@nestjs/common';
import { LoansModule } from '../loans.module.js';
import { AbandonedRunsJob } from './abandoned-runs/abandoned-runs.job.js';
import { PostingHealthIndicator } from './posting-health.indicator.js';
import { WeeklyPostingJob } from './weekly-posting.job.js';

/** The scheduled jobs of the service. The command line does not run them. */
@Module({
  imports: [LoansModule],
  providers: [AbandonedRunsJob, PostingHealthIndicator, WeeklyPostingJob],
})
export class WeeklyPostingModule {}
