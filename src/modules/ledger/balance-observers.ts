import { Injectable } from '@nestjs/common';
import { Money } from '../../kernel/money/money.js';
import type { Tx } from '../../platform/database/transactions.js';

/** A balance whose payments have changed, as its owner knows it. */
export interface BalanceChange {
  readonly referenceType: string;
  readonly referenceId: string;
  /** All that is paid on the balance now */
  readonly paymentApplied: Money;
}

/** A module whose records stand behind balances, and follow them. */
export interface BalanceObserver {
  /** Types of references that this module alone records: one made up by hand would stand in its own records' way. */
  readonly ownReferenceTypes?: readonly string[];
  /** Runs inside the transaction that changed the balances: where it throws, nothing has happened. */
  balancesChanged(tx: Tx, changes: readonly BalanceChange[]): Promise<void>;
}

/** So the ledger can tell the loans of a payment without knowing what a loan is. */
@Injectable()
export class BalanceObservers {
  private readonly observers: BalanceObserver[] = [];

  register(observer: BalanceObserver): void {
    this.observers.push(observer);
  }

  /** Whether the type is one that a module keeps to itself. */
  own(referenceType: string): boolean {
    return this.observers.some((observer) => observer.ownReferenceTypes?.includes(referenceType));
  }

  async notify(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
    if (changes.length === 0) return;
    for (const observer of this.observers) await observer.balancesChanged(tx, changes);
  }
}
