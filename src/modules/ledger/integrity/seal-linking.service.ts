import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { prepareBulkWork, Transactions } from '../../../platform/database/transactions.js';
import { formatChainHead } from './chain-head.js';
import { SealRepository } from './seal.repository.js';

/** The most seals of one link. A link lists its seals, so this limits the size of its row. */
const MAX_SEALS_PER_LINK = 10_000;

/**
 * Links the seals of committed transactions into one chain. It does not wait for writers, and writers do not wait for
 * it. When it returns, the chain contains every seal that was committed when it started.
 */
@Injectable()
export class SealLinkingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly seals: SealRepository,
  ) {}

  /** @param stop stops the work between two links; the next call links the rest */
  async linkWaiting(stop?: AbortSignal): Promise<void> {
    let linked: number;
    do {
      linked = await this.transactions.run(async (tx) => {
        await prepareBulkWork(tx);
        await this.seals.lockChain(tx);
        return this.seals.link(tx, MAX_SEALS_PER_LINK, this.clock.now());
      });
    } while (linked === MAX_SEALS_PER_LINK && !stop?.aborted);
  }

  /** Links all committed seals and returns the head of the chain; null if nothing was ever written. */
  async linkAndReadHead(): Promise<string | null> {
    await this.linkWaiting();
    const head = await this.transactions.readSnapshot((snapshot) => this.seals.findHead(snapshot));
    return head && formatChainHead(head);
  }
}
