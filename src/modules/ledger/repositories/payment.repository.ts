import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { Category } from '../domain/category.js';
import type { OtherBalance } from '../domain/named-parts.js';
import type { Allocation, Funds, PayableBalance } from '../domain/payment-allocation.js';
import { UNALLOCATED_CREDITS } from '../queries/unallocated-credits.js';
import type { RecordingParameters } from './obligation.repository.js';

/** A payment as it arrives, before anything is allocated. */
export interface Payment {
  readonly driverId: number;
  readonly leaseId: number;
  readonly amount: Money;
  readonly week: PaymentWeek;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly description: string;
}

/** An open balance, locked until the end of the transaction. */
export interface LockedBalance extends PayableBalance {
  readonly referenceType: string;
  readonly referenceId: string;
  readonly paymentApplied: Money;
}

interface LockedBalanceRow {
  posting_id: string;
  balance_id: string;
  category: Category;
  due_date: CalendarDate;
  outstanding_balance: string;
  payment_applied: string;
  reference_type: string;
  reference_id: string;
}

const LOCK_OPEN_BALANCES = `
  SELECT posting_id, balance_id, category, due_date, outstanding_balance, payment_applied, reference_type, reference_id
  FROM ledger_balances
  WHERE driver_id = $1 AND lease_id = $2 AND status = 'OPEN'
  ORDER BY posting_id
  FOR UPDATE`;

const OTHER_BALANCES = `
  SELECT balance_id AS "balanceId", driver_id = $1 AND lease_id = $2 AS "isOfThisLease", status
  FROM ledger_balances
  WHERE balance_id = ANY($3)`;

const INSERT_CREDIT = `
  WITH next AS (SELECT nextval('ledger_postings_id_seq') AS number)
  INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
    source_id, payment_period_start, payment_period_end, status, posted_at, posted_by, description)
  SELECT number, public_id('LP', $1::integer, number, 6), $4::integer, $5::integer, 'CREDIT', 'EARNINGS', $6::numeric,
    $7::text, $8::text, $9::date, $10::date, 'POSTED', $2::timestamptz, $3::integer, $11::text
  FROM next
  RETURNING posting_id`;

/** Each allocation with its id, and each balance lowered by all that is allocated to it, in one statement. */
const ALLOCATE = `
  WITH part AS (
    SELECT posting_id, balance_id, amount, type, ordinality,
           public_id('PA', $1::integer, nextval('payment_allocation_number'), 6) AS allocation_id
    FROM unnest($3::text[], $4::text[], $5::numeric[], $6::text[])
      WITH ORDINALITY AS given (posting_id, balance_id, amount, type, ordinality)),
  allocated AS (
    INSERT INTO payment_allocations (allocation_id, payment_posting_id, balance_id, amount_allocated, allocation_type,
      allocated_at)
    SELECT allocation_id, posting_id, balance_id, amount, type, $2::timestamptz FROM part ORDER BY ordinality),
  lowered AS (
    UPDATE ledger_balances b
    SET payment_applied = b.payment_applied + paid.amount,
        outstanding_balance = b.outstanding_balance - paid.amount,
        status = CASE WHEN b.outstanding_balance = paid.amount THEN 'CLOSED' ELSE 'OPEN' END,
        updated_on = $2::timestamptz
    FROM (SELECT balance_id, sum(amount) AS amount FROM part GROUP BY balance_id) AS paid
    WHERE b.balance_id = paid.balance_id)
  SELECT allocation_id FROM part ORDER BY ordinality`;

@Injectable()
export class PaymentRepository {
  /**
   * Locks the lease, so that the payments, voids and disputes of one driver and lease follow one another. False: no
   * such lease of this driver. Postings of new debts are not held up by it.
   */
  async lockLease(tx: Tx, driverId: number, leaseId: number): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM leases WHERE driver_id = $1 AND id = $2 FOR NO KEY UPDATE',
      [driverId, leaseId],
    );
    return rows.length > 0;
  }

  /** Locks the open balances of driver and lease in the order of their postings, the same order everywhere. */
  async lockOpenBalances(tx: Tx, driverId: number, leaseId: number): Promise<LockedBalance[]> {
    const rows = await tx.query<LockedBalanceRow[]>(LOCK_OPEN_BALANCES, [driverId, leaseId]);
    return rows.map((row) => ({
      balanceId: row.balance_id,
      category: row.category,
      dueDate: row.due_date,
      age: BigInt(row.posting_id),
      outstanding: Money.of(row.outstanding_balance),
      paymentApplied: Money.of(row.payment_applied),
      referenceType: row.reference_type,
      referenceId: row.reference_id,
    }));
  }

  /** What a refusal has to say about named balances that are not among the open ones. */
  async findOtherBalances(
    tx: Tx,
    driverId: number,
    leaseId: number,
    balanceIds: readonly string[],
  ): Promise<OtherBalance[]> {
    if (balanceIds.length === 0) return [];
    return await tx.query<OtherBalance[]>(OTHER_BALANCES, [driverId, leaseId, balanceIds]);
  }

  /** What the standing payments of driver and lease have left over, the oldest first. Lock the lease before. */
  async findCredits(tx: Tx, driverId: number, leaseId: number): Promise<Funds[]> {
    const rows = await tx.query<{ posting_id: string; left_over: string }[]>(
      `SELECT posting_id, left_over FROM (${UNALLOCATED_CREDITS}) AS credit ORDER BY id`,
      [driverId, leaseId],
    );
    return rows.map((row) => ({ postingId: row.posting_id, amount: Money.of(row.left_over) }));
  }

  /** The CREDIT of the payment. Answers its public id. */
  async insertCredit(tx: Tx, recording: RecordingParameters, payment: Payment): Promise<string> {
    const rows = await tx.query<[{ posting_id: string }]>(INSERT_CREDIT, [
      ...recording,
      payment.driverId,
      payment.leaseId,
      payment.amount.toString(),
      payment.sourceType,
      payment.sourceId,
      payment.week.start,
      payment.week.end,
      payment.description,
    ]);
    return rows[0].posting_id;
  }

  /** Records what each CREDIT pays and lowers the balances. Answers the allocations' ids in their order. */
  async allocate(
    tx: Tx,
    recording: readonly [year: number, allocatedAt: Date],
    allocations: readonly Allocation<LockedBalance>[],
  ): Promise<string[]> {
    const rows = await tx.query<{ allocation_id: string }[]>(ALLOCATE, [
      ...recording,
      allocations.map(({ paymentPostingId }) => paymentPostingId),
      allocations.map(({ balance }) => balance.balanceId),
      allocations.map(({ amount }) => amount.toString()),
      allocations.map(({ type }) => type),
    ]);
    return rows.map((row) => row.allocation_id);
  }
}
