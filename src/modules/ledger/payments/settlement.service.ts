import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { violatedConstraint, Tx } from '../../../platform/database/transactions.js';
import { BalanceChange, BalanceObserverRegistry } from '../account/balance-observer.registry.js';
import { driverHasNoLease, driverUnknown, leaseDriverMismatch, sourceAlreadyPosted } from '../errors.js';
import type { BalancePart } from './targeted-allocations.js';
import { targetedAllocations } from './targeted-allocations.js';
import type { Allocation } from './payment-allocation.js';
import { checkPayment } from '../postings/plausible-entry.js';
import { allocatePayment } from './payment-allocation.js';
import type { PostingView } from '../postings/posting.view.js';
import type { Receipt } from './receipt.js';
import { EntryLimitsService } from '../postings/entry-limits.service.js';
import { AccountRepository } from '../account/account.repository.js';
import { AllocationRepository } from './allocation.repository.js';
import { LockedBalance, Payment, PaymentRepository } from './payment.repository.js';

/** Balances that a module settles with one CREDIT of exactly the sum of the parts. */
export interface Settlement {
  readonly driverId: number;
  readonly leaseId: number;
  /** The payment week of the CREDIT */
  readonly week: PaymentWeek;
  readonly sourceType: string;
  readonly sourceId: string;
  /** The field of the request with the source id, for an error. Default: source_id */
  readonly sourceField?: string;
  readonly description: string;
  /** Null if no money was received, as for a write-off */
  readonly receipt: Receipt | null;
  /** At least one; the CREDIT is their sum */
  readonly parts: readonly BalancePart[];
}

/** A recorded payment: its CREDIT and all allocations that were made with it. */
export interface RecordedPayment {
  readonly posting: PostingView;
  readonly allocations: readonly (Allocation<LockedBalance> & { readonly allocationId: string })[];
  readonly creditUsed: Money;
  /** The unallocated rest of the payment itself */
  readonly unallocated: Money;
}

/** The only service that records a CREDIT of new money or of a write-off, and its allocations. */
@Injectable()
export class SettlementService {
  constructor(
    private readonly clock: Clock,
    private readonly limits: EntryLimitsService,
    private readonly accounts: AccountRepository,
    private readonly payments: PaymentRepository,
    private readonly allocations: AllocationRepository,
    private readonly observers: BalanceObserverRegistry,
  ) {}

  /**
   * Locks the account of the driver, so that payments, refunds, voids and disputes on it run one after another. Lock
   * the account before loans: code that locks loans and then settles must call this first. Throws
   * LEASE_DRIVER_MISMATCH.
   */
  async lockAccount(tx: Tx, driverId: number, leaseId: number): Promise<void> {
    if (!(await this.accounts.lockOfLease(tx, driverId, leaseId)))
      throw leaseDriverMismatch(driverId, leaseId);
  }

  /** As `lockAccount`, without a lease. Throws DRIVER_UNKNOWN. */
  async lockDriver(tx: Tx, driverId: number): Promise<void> {
    if ((await this.accounts.lockAll(tx, [driverId])) === 0) throw driverUnknown(driverId);
  }

  /** The lease under which a payment for all leases of the driver is recorded. Throws LEASE_DRIVER_MISMATCH. */
  async latestLease(tx: Tx, driverId: number): Promise<number> {
    const lease = await this.accounts.findLatestLease(tx, driverId);
    if (lease === null) throw driverHasNoLease(driverId);
    return lease;
  }

  /** Locks the accounts of many drivers, in the order of the driver ids as everywhere. */
  async lockAccounts(tx: Tx, driverIds: readonly number[]): Promise<void> {
    await this.accounts.lockAll(tx, driverIds);
  }

  /**
   * As `lockAccounts`, but other callers of this may work on the same accounts: for the weekly posting, whose batches would
   * wait for one another wherever a driver has loans in two of them. Only those with unused credit to apply take turns.
   */
  async shareAccounts(tx: Tx, driverIds: readonly number[]): Promise<void> {
    await this.accounts.shareAll(tx, driverIds);
  }

  /**
   * Settles the given balances in the caller's transaction and notifies their observers before it returns.
   * Throws BALANCE_UNKNOWN, BALANCE_LEASE_MISMATCH, BALANCE_NOT_OPEN, DUPLICATE_BALANCE, ALLOCATION_EXCEEDS_BALANCE,
   * LEASE_DRIVER_MISMATCH and SOURCE_ALREADY_POSTED.
   */
  async settle(tx: Tx, actor: Actor, { parts, ...credit }: Settlement): Promise<{ postingId: string }> {
    const amount = Money.sum(parts.map((part) => part.amount));
    const { posting } = await this.recordPayment(tx, actor, { ...credit, amount }, parts);
    return { postingId: posting.posting_id };
  }

  /**
   * Records a payment by hierarchy, or a targeted payment if parts are given. Throws the errors of `settle`,
   * ALLOCATIONS_EXCEED_PAYMENT and VALIDATION_FAILED.
   */
  async recordPayment(
    tx: Tx,
    actor: Actor,
    payment: Payment,
    parts: readonly BalancePart[],
  ): Promise<RecordedPayment> {
    const { driverId, leaseId, amount } = payment;
    await this.lockAccount(tx, driverId, leaseId);
    // after the lock, so that the times of one account are in the order of its changes
    const [year, now] = [yearOf(this.clock.today()), this.clock.now()];
    const [open, credits, posting] = await Promise.all([
      this.payments.lockOpenBalances(tx, driverId),
      this.payments.findCredits(tx, driverId),
      // before the parts are checked: a payment sent twice must be a duplicate, whatever its balances owe now
      this.insertCredit(tx, [year, now, actor.userId], payment),
    ]);
    const postingId = posting.posting_id;
    const ofLease = open.filter((balance) => balance.leaseId === leaseId);
    const isOpen = new Set(ofLease.map(({ balanceId }) => balanceId));
    const missing = parts.map(({ balanceId }) => balanceId).filter((balanceId) => !isOpen.has(balanceId));
    const ineligible = await this.payments.findIneligibleBalances(tx, driverId, leaseId, missing);
    const targeted = targetedAllocations(amount, parts, ofLease, ineligible);
    const paidFirst = payment.paysAllLeases ? null : leaseId;
    const result = allocatePayment({
      credits,
      payment: { postingId, amount },
      leaseId: paidFirst,
      targeted,
      open,
    });
    const [ids] = await Promise.all([
      this.allocations.record(tx, [year, now], result.allocations),
      this.observers.notify(tx, changesOf(result.allocations)),
    ]);
    const allocations = result.allocations.map((part, index) => ({
      ...part,
      allocationId: idAt(ids, index),
    }));
    return { ...result, posting, allocations };
  }

  /**
   * Records money that neither pays a balance nor becomes credit, for example a recovery. Lock the account first.
   * Returns its posting id. Throws the errors of `checkPayment`, and SOURCE_ALREADY_POSTED.
   */
  async recordReceipt(tx: Tx, actor: Actor, payment: Payment): Promise<string> {
    checkPayment(payment, this.limits.now());
    const recording = [yearOf(this.clock.today()), this.clock.now(), actor.userId] as const;
    return (await this.insertCredit(tx, recording, payment)).posting_id;
  }

  private async insertCredit(
    tx: Tx,
    recording: readonly [year: number, postedAt: Date, postedBy: number | null],
    payment: Payment,
  ): Promise<PostingView> {
    try {
      return await this.payments.insertCredit(tx, recording, payment);
    } catch (error) {
      if (violatedConstraint(error) === 'uq_ledger_postings_standing_source') {
        throw sourceAlreadyPosted(payment.sourceField ?? 'source_id', payment.sourceType, payment.sourceId);
      }
      throw error;
    }
  }
}

/** Each balance once, with the total paid on it after its last allocation. */
function changesOf(allocations: readonly Allocation<LockedBalance>[]): BalanceChange[] {
  const last = new Map(allocations.map((allocation) => [allocation.balance.balanceId, allocation]));
  return [...last.values()].map(({ balance, outstandingAfter }) => ({
    referenceType: balance.referenceType,
    referenceId: balance.referenceId,
    paymentApplied: balance.paymentApplied.plus(balance.outstanding).minus(outstandingAfter),
  }));
}

function idAt(ids: readonly string[], index: number): string {
  const id = ids[index];
  if (id === undefined) throw new Error(`allocation ${index} was not written`);
  return id;
}
