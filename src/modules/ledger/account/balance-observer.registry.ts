import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { Permission } from '../../../kernel/access/actor.js';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { RESERVED_SOURCES } from '../postings/posting-kind.js';

/** A balance whose payments have changed, by the reference of the module that owns it. */
export interface BalanceChange {
  readonly referenceType: string;
  readonly referenceId: string;
  /** The total paid on the balance after the change */
  readonly paymentApplied: Money;
}

/** A balance that was voided with its posting: it is no longer owed. */
export interface VoidedBalance {
  readonly referenceType: string;
  readonly referenceId: string;
  readonly balanceId: string;
}

/** What a module needs to know about its posting to decide who may void it. */
export interface PostingToVoid {
  readonly sourceType: string;
  /** The last day of the payment week of the posting */
  readonly periodEnd: CalendarDate;
}

/** A module that owns the records behind balances and updates them when the balances change. */
export interface BalanceObserver {
  /**
   * Reference types that only this module may record. If a user recorded one, the module could not record its own record
   * under the same reference.
   */
  readonly reservedReferenceTypes?: readonly string[];
  /** The permissions that the void of this module's posting needs in addition to that of the route. */
  permissionsToVoid?(posting: PostingToVoid): readonly Permission[];
  /** Runs inside the transaction that changed the balances: if it throws, the whole change is rolled back. */
  balancesChanged(tx: Tx, changes: readonly BalanceChange[]): Promise<void>;
  /** As `balancesChanged`, for a voided balance. Nothing was paid on it, and its source may be posted again. */
  balanceVoided(tx: Tx, voided: VoidedBalance): Promise<void>;
}

/** Lets the ledger notify the loans module of payments without depending on it. */
@Injectable()
export class BalanceObserverRegistry {
  private readonly observers: BalanceObserver[] = [];

  register(observer: BalanceObserver): void {
    this.observers.push(observer);
  }

  /** Whether the type is reserved for a module or for the ledger itself. */
  isReserved(referenceType: string): boolean {
    if (RESERVED_SOURCES.includes(referenceType)) return true;
    return this.observers.some((observer) => observer.reservedReferenceTypes?.includes(referenceType));
  }

  /** The permissions that the void of the posting needs in addition to that of the route. */
  permissionsToVoid(posting: PostingToVoid): readonly Permission[] {
    return this.observers.flatMap((observer) => observer.permissionsToVoid?.(posting) ?? []);
  }

  async notify(tx: Tx, changes: readonly BalanceChange[]): Promise<void> {
    if (changes.length === 0) return;
    for (const observer of this.observers) await observer.balancesChanged(tx, changes);
  }

  async notifyVoided(tx: Tx, voided: VoidedBalance): Promise<void> {
    for (const observer of this.observers) await observer.balanceVoided(tx, voided);
  }
}
