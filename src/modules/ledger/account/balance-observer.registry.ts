import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Permission } from '../../../kernel/access/actor.js';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { RESERVED_SOURCES } from '../postings/posting-kind.js';

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

/** A posting about to be voided, as far as the module it comes from decides who may do that. */
export interface PostingToVoid {
  readonly sourceType: string;
  /** The last day of the payment week that it counts in */
  readonly periodEnd: CalendarDate;
}

/** A module whose records stand behind balances, and follow them. */
export interface BalanceObserver {
  /** Types of references that this module alone records: one made up by hand would stand in its own records' way. */
  readonly ownReferenceTypes?: readonly string[];
  /** What the void of a posting from this module needs beside the permission of the route. */
  permissionsToVoid?(posting: PostingToVoid): readonly Permission[];
  /** Runs inside the transaction that changed the balances: where it throws, nothing has happened. */
  balancesChanged(tx: Tx, changes: readonly BalanceChange[]): Promise<void>;
  /** The same for balances on which nothing was paid and that were voided: their source may be posted again. */
  balancesVoided(tx: Tx, voided: readonly VoidedBalance[]): Promise<void>;
}

/** So the ledger can tell the loans of a payment without knowing what a loan is. */
@Injectable()
export class BalanceObserverRegistry {
  private readonly observers: BalanceObserver[] = [];

  register(observer: BalanceObserver): void {
    this.observers.push(observer);
  }

  /** Whether the type is one that a module, or the ledger itself, keeps to itself. */
  own(referenceType: string): boolean {
    if (RESERVED_SOURCES.includes(referenceType)) return true;
    return this.observers.some((observer) => observer.ownReferenceTypes?.includes(referenceType));
  }

  /** What the void of the posting needs beside the permission of the route. */
  permissionsToVoid(posting: PostingToVoid): readonly Permission[] {
    return this.observers.flatMap((observer) => observer.permissionsToVoid?.(posting) ?? []);
  }

  async notify(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
    if (changes.length === 0) return;
    for (const observer of this.observers) await observer.balancesChanged(tx, changes);
  }

  async notifyVoided(tx: Tx, voided: readonly VoidedBalance[]): Promise<void> {
    for (const observer of this.observers) await observer.balancesVoided(tx, voided);
  }
}
