import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { LoanLogService } from '../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../monitoring/loan-metrics.service.js';
import { PostingScheduleService } from '../posting-runs/posting-schedule.service.js';
import { PostingRunRepository } from '../posting-runs/posting-run.repository.js';

const FAILURE = 'The process that ran it ended. What it posted stands; post again for the rest.';

/** Puts an end to posting runs whose process was killed, and to old scheduled ones that no tick takes up any more. */
@Injectable()
export class AbandonedRunsService {
  constructor(
    private readonly clock: Clock,
    private readonly timetable: PostingScheduleService,
    private readonly transactions: Transactions,
    private readonly runs: PostingRunRepository,
    private readonly metrics: LoanMetricsService,
    private readonly log: LoanLogService,
  ) {}

  /** Any number of processes may do it: each run is failed once. */
  async failAll(): Promise<void> {
    const { week } = this.timetable.latest();
    const failed = await this.transactions.run((tx) =>
      this.runs.failAbandoned(tx, week.start, FAILURE, this.clock.now()),
    );
    for (const { id, trigger, dryRun } of failed) {
      if (!dryRun) this.metrics.runFailed(trigger);
      this.log.runAbandoned(id, trigger);
    }
  }
}
