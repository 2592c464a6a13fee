import { Injectable } from '@nestjs/common';
import { Cron, SchedulerRegistry } from '@nestjs/schedule';

/** Schedules the method like Cron of @nestjs/schedule, but only after the service listens. */
export function Scheduled(cronTime: string, timeZone?: string): MethodDecorator {
  return Cron(cronTime, { disabled: true, ...(timeZone !== undefined && { timeZone }) });
}

/**
 * The scheduled jobs of this process. They start once the service listens: a start that fails, for example because
 * the port is in use, must not leave a job half done.
 */
@Injectable()
export class ScheduledJobs {
  private readonly atStart: (() => void)[] = [];

  constructor(private readonly registry: SchedulerRegistry) {}

  /** Also runs the job once when all jobs start. */
  runAtStart(job: () => void): void {
    this.atStart.push(job);
  }

  start(): void {
    for (const job of this.registry.getCronJobs().values()) job.start();
    for (const job of this.atStart) job();
  }
}
