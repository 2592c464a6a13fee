import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { raiseStatementTimeout, Transactions } from '../../../platform/database/transactions.js';
import { formatChainHead } from './chain-head.js';
import { SealRepository } from './seal.repository.js';

/** Seals a link: a link names its seals one by one, so it stays a small row. */
const SEALS_A_LINK = 10_000;

/**
 * Links the seals that writers left behind into one chain. Writers do not wait for it, nor it for them: whatever is
 * committed when it looks stands in the chain when it returns.
 */
@Injectable()
export class SealLinkingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly seals: SealRepository,
  ) {}

  /** @param stop comes between two links; the next call takes up the rest */
  async linkWaiting(stop?: AbortSignal): Promise<void> {
    let linked: number;
    do {
      linked = await this.transactions.run(async (tx) => {
        await raiseStatementTimeout(tx);
        await this.seals.lockChain(tx);
        return this.seals.link(tx, SEALS_A_LINK, this.clock.now());
      });
    } while (linked === SEALS_A_LINK && !stop?.aborted);
  }

  /** The head of the chain over all that is committed by now; null where nothing was ever written. */
  async linkAndReadHead(): Promise<string | null> {
    await this.linkWaiting();
    const head = await this.transactions.readSnapshot((snapshot) => this.seals.findHead(snapshot));
    return head && formatChainHead(head);
  }
}
