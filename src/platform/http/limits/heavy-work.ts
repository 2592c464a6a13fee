import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AppConfig } from '../../config/app-config.js';

/** A slot is probably free after this time: heavy work takes seconds */
const RETRY_AFTER_SECONDS = 5;

/**
 * Slots for expensive requests: exports, documents and verifications. Each user has a limited share, so that one
 * user cannot use all slots. Half of the database connections stay free for other requests.
 */
@Injectable()
export class HeavyWork {
  private readonly slots: number;
  private readonly slotsPerUser: number;
  private usedSlots = 0;
  private readonly usedByUser = new Map<number, number>();

  constructor(config: AppConfig) {
    const connections = config.DATABASE_POOL_SIZE + config.DATABASE_POOL_OVERFLOW;
    this.slots = Math.min(config.HEAVY_WORK_PER_PROCESS, Math.ceil(connections / 2));
    this.slotsPerUser = Math.min(config.HEAVY_WORK_PER_USER, Math.max(1, this.slots - 1));
  }

  /**
   * Acquires a slot. The returned function releases it, once. Throws TOO_MANY_HEAVY_REQUESTS and
   * HEAVY_REQUESTS_BUSY.
   */
  acquire(userId: number): () => void {
    const own = this.usedByUser.get(userId) ?? 0;
    if (own >= this.slotsPerUser) {
      const sentence = `You have ${own} exports, documents or verifications in progress. Try again when one has finished.`;
      throw new DomainError('TOO_MANY_HEAVY_REQUESTS', sentence, [], RETRY_AFTER_SECONDS);
    }
    if (this.usedSlots >= this.slots) {
      throw new DomainError(
        'HEAVY_REQUESTS_BUSY',
        'The service has reached its limit of concurrent exports, documents and verifications. Try again shortly.',
      );
    }
    this.usedSlots += 1;
    this.usedByUser.set(userId, own + 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.release(userId);
      isHeld = false;
    };
  }

  private release(userId: number): void {
    this.usedSlots -= 1;
    const left = (this.usedByUser.get(userId) ?? 1) - 1;
    if (left > 0) this.usedByUser.set(userId, left);
    else this.usedByUser.delete(userId);
  }
}
