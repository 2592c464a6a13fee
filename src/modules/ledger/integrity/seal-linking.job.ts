import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { CronExpression } from '@nestjs/schedule';
import { Scheduled } from '../../../platform/scheduling/scheduled-jobs.js';
import { SealLinkingService } from './seal-linking.service.js';

/** Every minute: what was written since the last one goes into the chain. Any number of replicas may do it. */
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
      this.logger.error(error, 'the seals could not be linked; it is tried again in a minute');
    }
  }
}
