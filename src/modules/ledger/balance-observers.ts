import { Injectable } from '@nestjs/common';
import { Money } from '../../kernel/money/money.js';
import type { Tx } from '../../platform/database/transactions.js';
import { VOID_SOURCE } from './domain/void-rules.js';

/** A balance whose payments have changed, as its owner knows it. */
export interface BalanceChange {
  readonly referenceType: string;
  readonly referenceId: string;
  /** All that is paid on the balance now */
  readonly paymentApplied: Money;
}

/** A balance that was voided with its posting: its debt is there no more. */
export interface VoidedBalance {
  readonly referenceType: string;
  readonly referenceId: string;
  readonly balanceId: string;
}

/** A module whose records stand behind balances, and follow them. */
export interface BalanceObserver {
  /** Types of references that this module alone records: one made up by hand would stand in its own records' way. */
  readonly ownReferenceTypes?: readonly string[];
  /** Runs inside the transaction that changed the balances: where it throws, nothing has happened. */
  balancesChanged(tx: Tx, changes: readonly BalanceChange[]): Promise<void>;
  /** The same for balances on which nothing was paid and that were voided: their source may be posted again. */
  balancesVoided(tx: Tx, voided: readonly VoidedBalance[]): Promise<void>;
}

/** So the ledger can tell the loans of a payment without knowing what a loan is. */
@Injectable()
export class BalanceObservers {
  private readonly observers: BalanceObserver[] = [];

  register(observer: BalanceObserver): void {
    this.observers.push(observer);
  }

  /** Whether the type is one that a module, or the ledger itself, keeps to itself. */
  own(referenceType: string): boolean {
    if (referenceType === VOID_SOURCE) return true;
    return this.observers.some((observer) => observer.ownReferenceTypes?.includes(referenceType));
  }

  async notify(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
    if (changes.length === 0) return;
    for (const observer of this.observers) await observer.balancesChanged(tx, changes);
  }

  async notifyVoided(tx: Tx, voided: readonly VoidedBalance[]): Promise<void> {
    for (const observer of this.observers) await observer.balancesVoided(tx, voided);
  }
}
