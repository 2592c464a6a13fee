import { Injectable } from '@nestjs/common';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { BalanceObserverRegistry } from '../account/balance-observer.registry.js';

import { CreditQuery } from './credit.query.js';
import { AllocationRepository } from '../payments/allocation.repository.js';
import type { PaymentAllocationView } from '../payments/payment.view.js';

/** What credits paid. */
export interface AppliedCredits {
  /** In the order in which they were made */
  readonly allocations: readonly PaymentAllocationView[];
  /** The sum of the allocations */
  readonly amount: Money;
}

/**
 * Keeps the rule that a credit never lies beside a debt that it could pay (docs/domain.md, "Credits"). Whatever adds a debt,
 * reopens one or leaves a credit over ends with it, in its own transaction.
 */
@Injectable()
export class CreditApplicationService {
  constructor(
    private readonly clock: Clock,
    private readonly allocations: AllocationRepository,
    private readonly query: CreditQuery,
    private readonly observers: BalanceObserverRegistry,
  ) {}

  /** The drivers who have a credit beside a debt that it can pay, which only another hand can have left so. */
  findDriversLeft(tx: Tx): Promise<number[]> {
    return this.allocations.findDriversWithCreditAndDebt(tx, null);
  }

  /** What the driver's payments have left over, to be asked before it is applied. */
  async available(tx: Tx, driverId: number): Promise<Money> {
    return Money.of(await this.query.leftOver(driverId, tx));
  }

  /**
   * Pays the open debts of the drivers, of all their leases, with the credits that the drivers have left over: in the
   * order of a payment by hierarchy, the oldest credit first. The records behind the debts follow before it answers. The
   * drivers' accounts must be locked.
   */
  async apply(tx: Tx, driverIds: readonly number[]): Promise<AppliedCredits> {
    const drivers = await this.allocations.findDriversWithCreditAndDebt(tx, driverIds);
    if (drivers.length === 0) return { allocations: [], amount: Money.ZERO };
    const recording = [yearOf(this.clock.today()), this.clock.now()] as const;
    const made = await this.allocations.applyCredits(tx, recording, drivers);
    // each balance once, with all that is paid on it after its last allocation
    const changes = new Map(made.map(({ allocation, change }) => [allocation.balance_id, change]));
    await this.observers.notify(tx, [...changes.values()]);
    return {
      allocations: made.map(({ allocation }) => allocation),
      amount: Money.sum(made.map(({ allocation }) => Money.of(allocation.amount_allocated))),
    };
  }
}
