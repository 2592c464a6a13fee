import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import { printedDollars } from '../../../kernel/money/printed-amount.js';

/** The ACTIVE and ON_HOLD loans of one driver. A DRAFT is not lent yet. */
export interface Exposure {
  readonly loans: number;
  /** Outstanding principal */
  readonly principal: Money;
}

export interface ExposureLimits {
  readonly maxLoans: number;
  readonly maxPrincipal: Money;
}

const NO_EXPOSURE: Exposure = { loans: 0, principal: Money.ZERO };

/** Adds loans one after another to the exposure of their drivers, and rejects a loan that exceeds a limit. */
export class ExposureTally {
  private readonly exposures = new Map<number, Exposure>();

  constructor(private readonly limits: ExposureLimits) {}

  knows(driverId: number): boolean {
    return this.exposures.has(driverId);
  }

  /** Sets the exposure of the drivers before the first new loan. `exposures` may omit drivers without a loan. */
  start(driverIds: readonly number[], exposures: ReadonlyMap<number, Exposure>): void {
    for (const id of driverIds) this.exposures.set(id, exposures.get(id) ?? NO_EXPOSURE);
  }

  /**
   * Counts a new loan. Throws DRIVER_HAS_TOO_MANY_LOANS or DRIVER_EXPOSURE_EXCEEDED, and then does not count it.
   * @param label the driver as the error names them
   */
  add(driverId: number, amount: Money, label = `Driver ${driverId}`): void {
    const before = this.exposures.get(driverId);
    if (!before) throw new Error(`the exposure of driver ${driverId} is not known`);
    const { maxLoans, maxPrincipal } = this.limits;
    if (before.loans >= maxLoans) {
      throw new DomainError(
        'DRIVER_HAS_TOO_MANY_LOANS',
        `${label} has ${before.loans} open loans; at most ${maxLoans} are allowed.`,
      );
    }
    const principal = before.principal.plus(amount);
    if (principal.isGreaterThan(maxPrincipal)) {
      throw new DomainError(
        'DRIVER_EXPOSURE_EXCEEDED',
        `${label} owes ${printedDollars(before.principal)} of principal; with ${printedDollars(amount)} more ` +
          `it would be ${printedDollars(principal)}, and at most ${printedDollars(maxPrincipal)} is allowed.`,
      );
    }
    this.exposures.set(driverId, { loans: before.loans + 1, principal });
  }
}
