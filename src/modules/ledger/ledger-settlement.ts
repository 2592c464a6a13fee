import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { yearOf } from '../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../kernel/calendar/payment-week.js';
import { Clock } from '../../kernel/clock/clock.js';
import { Money } from '../../kernel/money/money.js';
import { brokenConstraintOf, Tx } from '../../platform/database/transactions.js';
import { BalanceChange, BalanceObservers } from './balance-observers.js';
import { leaseOfOtherDriver, sourceAlreadyPosted } from './domain/ledger-refusals.js';
import type { BalancePart } from './domain/named-parts.js';
import { namedParts } from './domain/named-parts.js';
import type { Allocation } from './domain/payment-allocation.js';
import { allocatePayment } from './domain/payment-allocation.js';
import { LockedBalance, Payment, PaymentRepository } from './repositories/payment.repository.js';

/** Debts that a module settles with one CREDIT of exactly their amounts. */
export interface Settlement {
  readonly driverId: number;
  readonly leaseId: number;
  /** The payment week that the CREDIT counts in */
  readonly week: PaymentWeek;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly description: string;
  /** At least one; the CREDIT is their sum */
  readonly parts: readonly BalancePart[];
}

/** A payment as it was taken: its CREDIT, and everything that was allocated along with it. */
export interface TakenPayment {
  readonly postingId: string;
  readonly allocations: readonly (Allocation<LockedBalance> & { readonly allocationId: string })[];
  readonly creditUsed: Money;
  readonly unallocated: Money;
}

/** The one way in which money pays debts: every CREDIT and every allocation is made here. */
@Injectable()
export class LedgerSettlement {
  constructor(
    private readonly clock: Clock,
    private readonly payments: PaymentRepository,
    private readonly observers: BalanceObservers,
  ) {}

  /**
   * Locks the account of driver and lease, so that payments, voids and disputes on it take turns. Throws
   * LEASE_OF_OTHER_DRIVER. Whoever locks loans and then settles takes this lock first: it comes before them.
   */
  async lockAccount(tx: Tx, driverId: number, leaseId: number): Promise<void> {
    if (!(await this.payments.lockLease(tx, driverId, leaseId))) throw leaseOfOtherDriver(driverId, leaseId);
  }

  /**
   * Settles the named balances within the caller's transaction; the records behind them follow before it answers.
   * Throws BALANCE_UNKNOWN, BALANCE_OF_OTHER_LEASE, BALANCE_NOT_OPEN, BALANCE_NAMED_TWICE, ALLOCATION_ABOVE_BALANCE,
   * LEASE_OF_OTHER_DRIVER and SOURCE_ALREADY_POSTED.
   */
  async settle(tx: Tx, actor: Actor, { parts, ...credit }: Settlement): Promise<{ postingId: string }> {
    const amount = Money.sum(parts.map((part) => part.amount));
    const { postingId } = await this.take(tx, actor, { ...credit, amount }, parts);
    return { postingId };
  }

  /** Takes a payment: by hierarchy, or targeted where it names balances. Throws what `settle` throws. */
  async take(tx: Tx, actor: Actor, payment: Payment, parts: readonly BalancePart[]): Promise<TakenPayment> {
    const { driverId, leaseId, amount } = payment;
    await this.lockAccount(tx, driverId, leaseId);
    const open = await this.payments.lockOpenBalances(tx, driverId, leaseId);
    // after the locks, so that what happens to one account happens in the order of its times
    const [year, now] = [yearOf(this.clock.today()), this.clock.now()];
    const credits = await this.payments.findCredits(tx, driverId, leaseId);
    // before its parts are looked at: a payment sent twice is a duplicate, whatever its balances owe by now
    const postingId = await this.insertCredit(tx, [year, now, actor.userId], payment);
    const isOpen = new Set(open.map(({ balanceId }) => balanceId));
    const missing = parts.map(({ balanceId }) => balanceId).filter((balanceId) => !isOpen.has(balanceId));
    const others = await this.payments.findOtherBalances(tx, driverId, leaseId, missing);
    const named = namedParts(amount, parts, open, others);
    const result = allocatePayment({ credits, payment: { postingId, amount }, named, open });
    const ids = await this.payments.allocate(tx, [year, now], result.allocations);
    await this.observers.notify(tx, changesOf(result.allocations));
    const allocations = result.allocations.map((part, index) => ({
      ...part,
      allocationId: ids[index] ?? '',
    }));
    return { ...result, postingId, allocations };
  }

  private async insertCredit(
    tx: Tx,
    recording: readonly [year: number, postedAt: Date, postedBy: number | null],
    payment: Payment,
  ): Promise<string> {
    try {
      return await this.payments.insertCredit(tx, recording, payment);
    } catch (error) {
      if (brokenConstraintOf(error) === 'uq_ledger_postings_standing_source') {
        throw sourceAlreadyPosted(payment.sourceType, payment.sourceId);
      }
      throw error;
    }
  }
}

/** Each balance once, with all that is paid on it after its last allocation. */
function changesOf(allocations: readonly Allocation<LockedBalance>[]): BalanceChange[] {
  const last = new Map(allocations.map((allocation) => [allocation.balance.balanceId, allocation]));
  return [...last.values()].map(({ balance, outstandingAfter }) => ({
    referenceType: balance.referenceType,
    referenceId: balance.referenceId,
    paymentApplied: balance.paymentApplied.plus(balance.outstanding).minus(outstandingAfter),
  }));
}
