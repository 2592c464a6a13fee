import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger.module.js';
import { SealLinkingJob } from './seal-linking.job.js';

/** The cron, for the processes that serve; the command line does without it. */
@Module({
  imports: [LedgerModule],
  providers: [SealLinkingJob],
})
export class SealLinkingModule {}
