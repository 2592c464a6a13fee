import { Injectable, Logger } from '@nestjs/common';
import { Scheduled } from '../../../platform/scheduling/scheduled-jobs.js';
import { SealLinkingService } from './seal-linking.service.js';

/**
 * Writes the chain head to the log every day, so that every copy of the log contains a head to verify against. Every
 * replica writes the same line.
 */
@Injectable()
export class ChainHeadJob {
  private readonly logger = new Logger(ChainHeadJob.name);

  constructor(private readonly linking: SealLinkingService) {}

  @Scheduled('0 6 * * *', 'America/New_York')
  async tick(): Promise<void> {
    try {
      const head = await this.linking.linkAndReadHead();
      this.logger.log({ chain_head: head }, `chain head of the ledger: ${head ?? 'none yet'}`);
    } catch (error) {
      this.logger.error(error, 'the chain head could not be read; the next attempt is tomorrow');
    }
  }
}
