import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { ExposureTally } from './loan-exposure.js';
import { LoanExposureRepository } from './loan-exposure.repository.js';

interface FurtherLoan {
  readonly driverId: number;
  readonly amount: Money;
}

/**
 * Keeps what one driver borrows within DRIVER_MAX_LOANS and DRIVER_MAX_EXPOSURE (docs/domain.md, "Limits of exposure"). The
 * drivers must be locked for a change before, so that of two loans made at once the second one counts the first.
 */
@Injectable()
export class LoanExposureService {
  constructor(
    private readonly config: AppConfig,
    private readonly exposures: LoanExposureRepository,
  ) {}

  /** Throws DRIVER_HAS_TOO_MANY_LOANS or DRIVER_EXPOSURE_EXCEEDED where one of the loans goes beyond a limit. */
  async check(tx: Tx, loans: readonly FurtherLoan[]): Promise<void> {
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

  /** Lets the tally start with what those of the drivers that it does not know yet have borrowed. */
  async load(tx: Tx, tally: ExposureTally, driverIds: readonly number[]): Promise<void> {
    const unknown = [...new Set(driverIds)].filter((id) => !tally.knows(id));
    tally.start(unknown, await this.exposures.find(tx, unknown));
  }
}
