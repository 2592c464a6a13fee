import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { ExposureTally } from './loan-exposure.js';
import { LoanExposureRepository } from './loan-exposure.repository.js';

interface LoanToCheck {
  readonly driverId: number;
  readonly amount: Money;
}

/**
 * Enforces DRIVER_MAX_LOANS and DRIVER_MAX_EXPOSURE for each driver (docs/domain.md, "Limits of exposure"). Lock the
 * drivers first, so that of two concurrent loans the second one counts the first.
 */
@Injectable()
export class LoanExposureService {
  constructor(
    private readonly config: AppConfig,
    private readonly exposures: LoanExposureRepository,
  ) {}

  /** Throws DRIVER_HAS_TOO_MANY_LOANS or DRIVER_EXPOSURE_EXCEEDED if one of the loans exceeds a limit. */
  async check(tx: Tx, loans: readonly LoanToCheck[]): Promise<void> {
    const tally = this.tally();
    await this.load(
      tx,
      tally,
      loans.map(({ driverId }) => driverId),
    );
    for (const { driverId, amount } of loans) tally.add(driverId, amount);
  }

  tally(): ExposureTally {
    return new ExposureTally({
      maxLoans: this.config.DRIVER_MAX_LOANS,
      maxPrincipal: Money.of(this.config.DRIVER_MAX_EXPOSURE),
    });
  }

  /** Loads the exposure of the drivers that the tally does not know yet. */
  async load(tx: Tx, tally: ExposureTally, driverIds: readonly number[]): Promise<void> {
    const unknown = [...new Set(driverIds)].filter((id) => !tally.knows(id));
    tally.start(unknown, await this.exposures.find(tx, unknown));
  }
}
