import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import { prepared } from '../../../platform/database/prepared.js';
import type { Category } from '../account/category.js';
import type { IneligibleBalance } from './targeted-allocations.js';
import type { CreditSource, PayableBalance } from './payment-allocation.js';
import type { Receipt } from './receipt.js';
import { SELECT_POSTING } from '../postings/posting.query.js';
import type { PostingView } from '../postings/posting.view.js';
import type { RecordingParameters } from '../obligations/obligation.repository.js';

/** A payment before its allocation. */
export interface Payment {
  readonly driverId: number;
  /** The lease under which the payment is recorded */
  readonly leaseId: number;
  /** Whether it pays the balances of all leases in one order, instead of those of its lease first */
  readonly paysAllLeases?: boolean;
  /** Set if the money is for one category only; omitted if it may pay any balance */
  readonly category?: Category;
  readonly amount: Money;
  readonly week: PaymentWeek;
  readonly sourceType: string;
  readonly sourceId: string;
  /** The field of the request with the source id, for an error. Default: source_id */
  readonly sourceField?: string;
  readonly description: string;
  /** Null if no money was received, as for a write-off */
  readonly receipt: Receipt | null;
}

/** An open balance, locked until the transaction ends. */
export interface LockedBalance extends PayableBalance {
  readonly referenceType: string;
  readonly referenceId: string;
  readonly paymentApplied: Money;
}

interface LockedBalanceRow {
  posting_id: string;
  balance_id: string;
  lease_id: number;
  category: Category;
  due_date: CalendarDate;
  outstanding_balance: string;
  payment_applied: string;
  reference_type: string;
  reference_id: string;
}

const LOCK_OPEN_BALANCES = prepared(`
  SELECT posting_id, balance_id, lease_id, category, due_date, outstanding_balance, payment_applied, reference_type,
         reference_id
  FROM ledger_balances
  WHERE driver_id = $1 AND status = 'OPEN'
  ORDER BY posting_id
  FOR UPDATE`);

const CREDITS = prepared(`
  SELECT p.posting_id, c.left_over
  FROM ledger_credits c JOIN ledger_postings p ON p.id = c.posting_id
  WHERE c.driver_id = $1 AND c.left_over > 0
  ORDER BY c.posting_id`);

const INELIGIBLE_BALANCES = `
  SELECT balance_id AS "balanceId", driver_id = $1 AND lease_id = $2 AS "isOfThisLease", status
  FROM ledger_balances
  WHERE balance_id = ANY($3)`;

const INSERT_CREDIT = prepared(`
  WITH next AS (SELECT next_number('ledger_postings_id_seq') AS number),
  p AS (INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
    source_id, payment_period_start, payment_period_end, status, posted_at, posted_by, description,
    payment_method, received_on, notes)
  SELECT number, public_id('LP', $1::integer, number, 6), $4::integer, $5::integer, 'CREDIT', $15::text, $6::numeric,
    $7::text, $8::text, $9::date, $10::date, 'POSTED', $2::timestamptz, $3::integer, $11::text,
    $12::text, $13::date, $14::text
  FROM next
  RETURNING *)
  ${SELECT_POSTING} FROM p JOIN leases le ON le.id = p.lease_id`);

@Injectable()
export class PaymentRepository {
  /** Locks the open balances of the driver in the order of their postings, which is the same everywhere. */
  async lockOpenBalances(tx: Tx, driverId: number): Promise<LockedBalance[]> {
    const rows = await tx.query<LockedBalanceRow[]>(LOCK_OPEN_BALANCES, [driverId]);
    return rows.map((row) => ({
      balanceId: row.balance_id,
      leaseId: row.lease_id,
      category: row.category,
      dueDate: row.due_date,
      age: BigInt(row.posting_id),
      outstanding: Money.of(row.outstanding_balance),
      paymentApplied: Money.of(row.payment_applied),
      referenceType: row.reference_type,
      referenceId: row.reference_id,
    }));
  }

  /** Why the selected balances that are not open for this lease cannot be paid. */
  async findIneligibleBalances(
    tx: Tx,
    driverId: number,
    leaseId: number,
    balanceIds: readonly string[],
  ): Promise<IneligibleBalance[]> {
    if (balanceIds.length === 0) return [];
    return await tx.query<IneligibleBalance[]>(INELIGIBLE_BALANCES, [driverId, leaseId, balanceIds]);
  }

  /** The unused credits of the driver, the oldest first. Lock the account first. */
  async findCredits(tx: Tx, driverId: number): Promise<CreditSource[]> {
    const rows = await tx.query<{ posting_id: string; left_over: string }[]>(CREDITS, [driverId]);
    return rows.map((row) => ({ postingId: row.posting_id, amount: Money.of(row.left_over) }));
  }

  /** Inserts the CREDIT of the payment and returns it. */
  async insertCredit(tx: Tx, recording: RecordingParameters, payment: Payment): Promise<PostingView> {
    const rows = await tx.query<[PostingView]>(INSERT_CREDIT, [
      ...recording,
      payment.driverId,
      payment.leaseId,
      payment.amount.toString(),
      payment.sourceType,
      payment.sourceId,
      payment.week.start,
      payment.week.end,
      payment.description,
      payment.receipt?.method,
      payment.receipt?.receivedOn,
      payment.receipt?.note,
      payment.category ?? 'EARNINGS',
    ]);
    return rows[0];
  }
}
