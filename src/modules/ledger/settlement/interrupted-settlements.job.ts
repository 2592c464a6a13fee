import { BeforeApplicationShutdown, Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { CronExpression } from '@nestjs/schedule';
import { Scheduled, ScheduledJobs } from '../../../platform/scheduling/scheduled-jobs.js';
import { SettlementRunService } from './settlement-run.service.js';

/** Runs at the start and every minute, because the killed process may be another replica. */
@Injectable()
export class InterruptedSettlementsJob implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(InterruptedSettlementsJob.name);
  private running: Promise<void> | null = null;
  private readonly stop = new AbortController();

  constructor(
    private readonly settlements: SettlementRunService,
    private readonly jobs: ScheduledJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.runAtStart(() => this.tick());
  }

  @Scheduled(CronExpression.EVERY_MINUTE)
  tick(): void {
    this.running ??= this.continueAll().finally(() => {
      this.running = null;
    });
  }

  /** The current chunk is completed. The next start continues with the rest, as after a kill. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async continueAll(): Promise<void> {
    try {
      await this.settlements.continueInterrupted(this.stop.signal);
    } catch (error) {
      this.logger.error(error, 'an interrupted settlement run could not be continued');
    }
  }
}
