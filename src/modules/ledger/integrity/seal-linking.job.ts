import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { CronExpression } from '@nestjs/schedule';
import { Scheduled } from '../../../platform/scheduling/scheduled-jobs.js';
import { SealLinkingService } from './seal-linking.service.js';

/** Links new seals into the chain every minute. Any number of replicas may run it. */
@Injectable()
export class SealLinkingJob implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SealLinkingJob.name);
  private running: Promise<void> | null = null;
  private readonly stop = new AbortController();

  constructor(private readonly linking: SealLinkingService) {}

  @Scheduled(CronExpression.EVERY_MINUTE)
  tick(): Promise<void> {
    this.running ??= this.link().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async link(): Promise<void> {
    if (this.stop.signal.aborted) return;
    try {
      await this.linking.linkWaiting(this.stop.signal);
    } catch (error) {
      this.logger.error(error, 'the seals could not be linked; the next attempt is in a minute');
    }
  }
}
