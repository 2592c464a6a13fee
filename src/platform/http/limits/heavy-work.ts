import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AppConfig } from '../../config/app-config.js';

/** When one of several that take seconds is likely to be done */
const RETRY_AFTER_SECONDS = 5;

/**
 * The slots for requests that cost as much as many others: exports, documents, verifications. A user has a share of them,
 * so that nobody takes all, and half of the database's connections is left to everything else.
 */
@Injectable()
export class HeavyWork {
  private readonly slots: number;
  private readonly share: number;
  private taken = 0;
  private readonly takenBy = new Map<number, number>();

  constructor(config: AppConfig) {
    const connections = config.DATABASE_POOL_SIZE + config.DATABASE_POOL_OVERFLOW;
    this.slots = Math.min(config.HEAVY_WORK_PER_PROCESS, Math.ceil(connections / 2));
    this.share = Math.min(config.HEAVY_WORK_PER_USER, Math.max(1, this.slots - 1));
  }

  /** Takes a slot; what it answers gives the slot back, once. Throws TOO_MANY_HEAVY_REQUESTS and HEAVY_REQUESTS_BUSY. */
  acquire(userId: number): () => void {
    const own = this.takenBy.get(userId) ?? 0;
    if (own >= this.share) {
      const sentence = `You have ${own} exports, documents or verifications under way. Try again when one is done.`;
      throw new DomainError('TOO_MANY_HEAVY_REQUESTS', sentence, [], RETRY_AFTER_SECONDS);
    }
    if (this.taken >= this.slots) {
      throw new DomainError(
        'HEAVY_REQUESTS_BUSY',
        'The service makes as many exports, documents and verifications as it can at a time. Try again in a moment.',
      );
    }
    this.taken += 1;
    this.takenBy.set(userId, own + 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.release(userId);
      isHeld = false;
    };
  }

  private release(userId: number): void {
    this.taken -= 1;
    const left = (this.takenBy.get(userId) ?? 1) - 1;
    if (left > 0) this.takenBy.set(userId, left);
    else this.takenBy.delete(userId);
  }
}
