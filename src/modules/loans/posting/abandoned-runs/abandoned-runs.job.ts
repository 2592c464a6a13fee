import { BeforeApplicationShutdown, Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { CronExpression } from '@nestjs/schedule';
import { Scheduled, ScheduledJobs } from '../../../../platform/scheduling/scheduled-jobs.js';
import { AbandonedRunsService } from './abandoned-runs.service.js';

/** Runs at the start and every minute, because the killed process may be another replica or a command. */
@Injectable()
export class AbandonedRunsJob implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(AbandonedRunsJob.name);
  private running: Promise<void> | null = null;

  constructor(
    private readonly abandonedRuns: AbandonedRunsService,
    private readonly jobs: ScheduledJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.runAtStart(() => this.tick());
  }

  @Scheduled(CronExpression.EVERY_MINUTE)
  tick(): void {
    this.running ??= this.failAll().finally(() => {
      this.running = null;
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.running;
  }

  private async failAll(): Promise<void> {
    try {
      await this.abandonedRuns.failAll();
    } catch (error) {
      this.logger.error(error, 'the check for abandoned posting runs failed; it is repeated in a minute');
    }
  }
}
