import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger.module.js';
import { ChainHeadJob } from './chain-head.job.js';
import { SealLinkingJob } from './seal-linking.job.js';

/** The scheduled jobs, for the processes that serve requests. The command line does not use them. */
@Module({
  imports: [LedgerModule],
  providers: [ChainHeadJob, SealLinkingJob],
})
export class SealLinkingModule {}
