import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../kernel/clock/clock.js';
import { Transactions } from '../../../../platform/database/transactions.js';
import { LoanLogService } from '../../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../../monitoring/loan-metrics.service.js';
import { PostingScheduleService } from '../../posting-runs/posting-schedule.service.js';
import { PostingRunRepository } from '../../posting-runs/posting-run.repository.js';

const FAILURE = 'The process of this run was stopped. What it posted is valid. Post again for the rest.';

/** Marks posting runs of killed processes as FAILED, and old scheduled runs that no tick resumes. */
@Injectable()
export class AbandonedRunsService {
  constructor(
    private readonly clock: Clock,
    private readonly schedule: PostingScheduleService,
    private readonly transactions: Transactions,
    private readonly runs: PostingRunRepository,
    private readonly metrics: LoanMetricsService,
    private readonly log: LoanLogService,
  ) {}

  /** Safe to run on any number of processes: each run is marked once. */
  async failAll(): Promise<void> {
    const { week } = this.schedule.latest();
    const failed = await this.transactions.run((tx) =>
      this.runs.failAbandoned(tx, week.start, FAILURE, this.clock.now()),
    );
    for (const { id, trigger, dryRun } of failed) {
      if (!dryRun) this.metrics.runFailed(trigger);
      this.log.runAbandoned(id, trigger);
    }
  }
}
