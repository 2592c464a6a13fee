import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { BalanceChange, PostingToVoid, VoidedBalance } from '../account/balance-observer.registry.js';
import { LedgerBalance } from '../balances/ledger-balance.entity.js';
import type { RecordingParameters } from '../obligations/obligation.repository.js';
import { LedgerPosting } from '../postings/ledger-posting.entity.js';
import type { VoidCandidate, VoidCandidateBalance } from './void-rules.js';
import type { VoidedPartView } from './void.view.js';

/** A posting that is locked for its void. */
export type LockedPosting = LedgerPosting & VoidCandidate & PostingToVoid;

type LockedBalance = Omit<LedgerBalance, 'paymentApplied'> & VoidCandidateBalance & VoidedBalance;

/** A balance on which a payment was reversed. */
interface ReopenedBalance {
  readonly part: VoidedPartView;
  readonly change: BalanceChange;
}

const REFUNDS_OF = `
  SELECT r.posting_id
  FROM credit_refunds used JOIN ledger_postings r ON r.posting_id = used.refund_posting_id
  WHERE used.payment_posting_id = $1 AND r.status = 'POSTED'
  ORDER BY r.id`;

const LOCK_PAID_BALANCES = `
  SELECT 1 FROM ledger_balances
  WHERE balance_id IN (SELECT balance_id FROM payment_allocations WHERE payment_posting_id = $1)
  ORDER BY posting_id
  FOR UPDATE`;

/** Adds what the CREDIT had paid back to the balances. A disputed balance remains disputed. */
const REVERSE_ALLOCATIONS = `
  WITH paid AS (
    SELECT balance_id, sum(amount_allocated) AS amount
    FROM payment_allocations WHERE payment_posting_id = $1 GROUP BY balance_id),
  reopened AS (
    UPDATE ledger_balances b
    SET payment_applied = b.payment_applied - paid.amount,
        outstanding_balance = b.outstanding_balance + paid.amount,
        status = CASE b.status WHEN 'CLOSED' THEN 'OPEN' ELSE b.status END,
        updated_on = $2::timestamptz
    FROM paid
    WHERE b.balance_id = paid.balance_id
    RETURNING b.posting_id, b.balance_id, b.category, b.reference_type, b.reference_id, b.due_date, paid.amount,
              b.outstanding_balance AS outstanding_after, b.status AS status_after, b.payment_applied)
  SELECT balance_id, category, reference_type, reference_id, due_date, amount, outstanding_after, status_after,
         payment_applied
  FROM reopened ORDER BY posting_id`;

/** Inserts the reversal and sets the posting to VOIDED, linked in both directions, in one statement. */
const REVERSE = `
  WITH reversal AS (
    INSERT INTO ledger_postings (id, posting_id, driver_id, lease_id, posting_type, category, amount, source_type,
      source_id, payment_period_start, payment_period_end, status, posted_at, posted_by, reverses_posting_id,
      description, notes)
    SELECT next.number, public_id('LP', $1::integer, next.number, 6), p.driver_id, p.lease_id,
           CASE p.posting_type WHEN 'DEBIT' THEN 'CREDIT' ELSE 'DEBIT' END, p.category, p.amount, 'VOID', p.posting_id,
           p.payment_period_start, p.payment_period_end, 'POSTED', $2::timestamptz, $3::integer, p.posting_id,
           'Void of ' || p.posting_id, $5::text
    FROM ledger_postings p, (SELECT next_number('ledger_postings_id_seq') AS number) AS next
    WHERE p.posting_id = $4
    RETURNING posting_id),
  voided AS (
    UPDATE ledger_postings p
    SET status = 'VOIDED', voided_by_posting_id = reversal.posting_id, voided_at = $2::timestamptz, void_reason = $5::text
    FROM reversal
    WHERE p.posting_id = $4)
  SELECT posting_id FROM reversal`;

@Injectable()
export class PostingVoidRepository {
  /** Locks the posting until the transaction ends. Lock the account of its driver first. */
  async lock(tx: Tx, postingId: string): Promise<LockedPosting> {
    const posting = await tx.findOneOrFail(LedgerPosting, {
      where: { postingId },
      lock: { mode: 'pessimistic_write' },
    });
    const refunds = await tx.query<{ posting_id: string }[]>(REFUNDS_OF, [postingId]);
    return {
      ...posting,
      periodEnd: posting.paymentPeriodEnd,
      refundedBy: refunds.map(({ posting_id }) => posting_id),
    };
  }

  /** Locks and returns the balance of a DEBIT. */
  async lockBalance(tx: Tx, { id: postingId }: LedgerPosting): Promise<LockedBalance> {
    const balance = await tx.findOneOrFail(LedgerBalance, {
      where: { postingId },
      lock: { mode: 'pessimistic_write' },
    });
    return { ...balance, paymentApplied: Money.of(balance.paymentApplied) };
  }

  /** The obligation is no longer owed. The balance keeps its original amount. */
  async voidBalance(tx: Tx, balance: LockedBalance, at: Date): Promise<VoidedPartView> {
    const voided = { status: 'VOIDED', outstandingBalance: Money.ZERO.toString() } as const;
    await tx.update(LedgerBalance, balance.postingId, { ...voided, updatedOn: at });
    return {
      balance_id: balance.balanceId,
      category: balance.category,
      reference_type: balance.referenceType,
      reference_id: balance.referenceId,
      due_date: balance.dueDate,
      amount: Money.ZERO.minus(Money.of(balance.originalAmount)).toString(),
      outstanding_after: voided.outstandingBalance,
      status_after: voided.status,
    };
  }

  /** Reverses all allocations of the CREDIT. Returns the balances after the reversal. */
  async reverseAllocations(tx: Tx, postingId: string, at: Date): Promise<ReopenedBalance[]> {
    await tx.query(LOCK_PAID_BALANCES, [postingId]);
    const rows = await tx.query<(VoidedPartView & { payment_applied: string })[]>(REVERSE_ALLOCATIONS, [
      postingId,
      at,
    ]);
    return rows.map(({ payment_applied, ...part }) => ({
      part,
      change: {
        referenceType: part.reference_type,
        referenceId: part.reference_id,
        paymentApplied: Money.of(payment_applied),
      },
    }));
  }

  /** Posts the reversal and marks the posting VOIDED. Returns the public id of the reversal. */
  async insertReversal(
    tx: Tx,
    recording: RecordingParameters,
    postingId: string,
    reason: string,
  ): Promise<string> {
    const rows = await tx.query<[{ posting_id: string }]>(REVERSE, [...recording, postingId, reason]);
    return rows[0].posting_id;
  }
}
