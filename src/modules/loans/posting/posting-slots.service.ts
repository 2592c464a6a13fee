import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app-config.js';

/**
 * Lets at most POSTING_WORKERS transactions of the weekly posting run at a time in this process, over all its runs, so that
 * their waiting for one another does not use up the connections of the pool.
 */
@Injectable()
export class PostingSlotsService {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(config: AppConfig) {
    this.free = config.POSTING_WORKERS;
  }

  /** Runs the work as soon as there is a slot for it, in the order of the calls. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
