import { Injectable } from '@nestjs/common';
import { Cron, SchedulerRegistry } from '@nestjs/schedule';

/** Runs the method by the clock, as @nestjs/schedule's Cron does, from the moment on in which the service listens. */
export function Scheduled(cronTime: string, timeZone?: string): MethodDecorator {
  return Cron(cronTime, { disabled: true, ...(timeZone !== undefined && { timeZone }) });
}

/**
 * The scheduled jobs of this process. They start when it listens: a start that fails, as on a port that is in use, must not
 * begin a job that it leaves half done.
 */
@Injectable()
export class ScheduledJobs {
  private readonly atStart: (() => void)[] = [];

  constructor(private readonly registry: SchedulerRegistry) {}

  /** The job also runs once as soon as all are started. */
  runAtStart(job: () => void): void {
    this.atStart.push(job);
  }

  start(): void {
    for (const job of this.registry.getCronJobs().values()) job.start();
    for (const job of this.atStart) job();
  }
}
