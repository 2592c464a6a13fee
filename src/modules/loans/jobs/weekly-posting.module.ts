import { Module } from '@nestjs/common';
import { LoansModule } from '../loans.module.js';
import { WeeklyPostingJob } from './weekly-posting.job.js';

/** The cron, for the processes that serve; the command line does without it. */
@Module({
  imports: [LoansModule],
  providers: [WeeklyPostingJob],
})
export class WeeklyPostingModule {}
