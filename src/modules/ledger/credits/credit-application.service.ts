import { Injectable } from '@nestjs/common';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { BalanceObserverRegistry } from '../account/balance-observer.registry.js';

import { CreditQuery } from './credit.query.js';
import { AllocationRepository } from '../payments/allocation.repository.js';
import type { PaymentAllocationView } from '../payments/payment.view.js';

/** The result of applying credits. */
export interface AppliedCredits {
  /** In the order in which they were made */
  readonly allocations: readonly PaymentAllocationView[];
  /** The sum of the allocations */
  readonly amount: Money;
}

/**
 * Enforces that a driver never has both unused credit and an open balance that it could pay (docs/domain.md,
 * "Credits"). Every operation that adds or reopens a balance or leaves credit unused applies credits at the end of its
 * transaction.
 */
@Injectable()
export class CreditApplicationService {
  constructor(
    private readonly clock: Clock,
    private readonly allocations: AllocationRepository,
    private readonly query: CreditQuery,
    private readonly observers: BalanceObserverRegistry,
  ) {}

  /**
   * The drivers with unused credit and an open balance that it can pay. Only writes outside the service, and release
   * 0.1, leave this state.
   */
  findDriversWithUnappliedCredit(tx: Tx): Promise<number[]> {
    return this.allocations.findDriversWithCreditAndOpenBalance(tx, null);
  }

  /** The unused credit of the driver. Read it before credits are applied. */
  async available(tx: Tx, driverId: number): Promise<Money> {
    return Money.of(await this.query.leftOver(driverId, tx));
  }

  /** The unused credits of the drivers who have some, by driver id. */
  async availableByDriver(tx: Tx, driverIds: readonly number[]): Promise<Map<number, Money>> {
    const credits = await this.query.leftOverByDriver(driverIds, tx);
    return new Map(credits.map(({ driver_id, left_over }) => [driver_id, Money.of(left_over)]));
  }

  /**
   * Pays the open balances of the drivers, over all their leases, with their unused credits: in the order of a payment
   * by hierarchy, the oldest credit first. It notifies the observers before it returns. The caller must have locked the
   * drivers' accounts.
   */
  async apply(tx: Tx, driverIds: readonly number[]): Promise<AppliedCredits> {
    const drivers = await this.allocations.findDriversWithCreditAndOpenBalance(tx, driverIds);
    if (drivers.length === 0) return { allocations: [], amount: Money.ZERO };
    const recording = [yearOf(this.clock.today()), this.clock.now()] as const;
    const made = await this.allocations.applyCredits(tx, recording, drivers);
    // each balance once, with the total paid on it after its last allocation
    const changes = new Map(made.map(({ allocation, change }) => [allocation.balance_id, change]));
    await this.observers.notify(tx, [...changes.values()]);
    return {
      allocations: made.map(({ allocation }) => allocation),
      amount: Money.sum(made.map(({ allocation }) => Money.of(allocation.amount_allocated))),
    };
  }
}
