import { Money } from '../../../kernel/money/money.js';

/** The unused credit of drivers, by their id. Drivers without one may be missing. */
export type UnusedCredits = ReadonlyMap<number, Money>;

/**
 * The drivers' credits in a dry run of several batches. Each batch is rolled back, so every batch finds all credits unused.
 * This class deducts what the batches before would have applied.
 */
export class DryRunCredits {
  private readonly applied = new Map<number, Money>();

  /**
   * Adds a batch that found the credits `before` it and left `after`. Returns the amount that the same batch of a real run
   * applies.
   */
  addBatch(before: UnusedCredits, after: UnusedCredits): Money {
    const parts = Array.from(before, ([driverId, unused]) => {
      const earlier = this.applied.get(driverId) ?? Money.ZERO;
      const inBatch = unused.minus(after.get(driverId) ?? Money.ZERO);
      const part = Money.min(inBatch, unused.minus(earlier));
      this.applied.set(driverId, earlier.plus(part));
      return part;
    });
    return Money.sum(parts);
  }
}
