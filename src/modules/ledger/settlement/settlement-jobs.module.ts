import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger.module.js';
import { InterruptedSettlementsJob } from './interrupted-settlements.job.js';

/** For the processes that serve requests. The command line does not use it. */
@Module({
  imports: [LedgerModule],
  providers: [InterruptedSettlementsJob],
})
export class SettlementJobsModule {}
