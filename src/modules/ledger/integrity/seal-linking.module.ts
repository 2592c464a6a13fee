import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger.module.js';
import { ChainHeadJob } from './chain-head.job.js';
import { SealLinkingJob } from './seal-linking.job.js';

/** The cron, for the processes that serve; the command line does without it. */
@Module({
  imports: [LedgerModule],
  providers: [ChainHeadJob, SealLinkingJob],
})
export class SealLinkingModule {}
