import { Injectable } from '@nestjs/common';
import { Money } from '../../../kernel/money/money.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { BalanceChange, PostingToVoid, VoidedBalance } from '../account/balance-observer.registry.js';
import type { VoidCandidate, VoidCandidateBalance } from './void-rules.js';

import type { RecordingParameters } from '../obligations/obligation.repository.js';
import type { VoidedPartView } from './void.view.js';

/** A posting that is locked for its void. */
interface LockedPosting extends VoidCandidate, PostingToVoid {
  readonly postingType: 'DEBIT' | 'CREDIT';
  readonly kind: string;
}

interface LockedBalance extends VoidCandidateBalance, VoidedBalance {}

/** A balance on which a payment was reversed. */
interface ReopenedBalance {
  readonly part: VoidedPartView;
  readonly change: BalanceChange;
}

const LOCK_POSTING = `
  SELECT posting_id AS "postingId", posting_type AS "postingType", status,
         reverses_posting_id AS "reversesPostingId", voided_by_posting_id AS "voidedByPostingId",
         source_type AS "sourceType", payment_period_end AS "periodEnd", kind,
         ARRAY(SELECT r.posting_id
               FROM credit_refunds used JOIN ledger_postings r ON r.posting_id = used.refund_posting_id
               WHERE used.payment_posting_id = $1 AND r.status = 'POSTED' ORDER BY r.id) AS "refundedBy"
  FROM ledger_postings
  WHERE posting_id = $1
  FOR UPDATE`;

const LOCK_BALANCE = `
  SELECT b.balance_id AS "balanceId", b.status, b.payment_applied AS "paymentApplied",
         b.reference_type AS "referenceType", b.reference_id AS "referenceId"
  FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
  WHERE p.posting_id = $1
  FOR UPDATE OF b`;

const LOCK_PAID_BALANCES = `
  SELECT 1 FROM ledger_balances
  WHERE balance_id IN (SELECT balance_id FROM payment_allocations WHERE payment_posting_id = $1)
  ORDER BY posting_id
  FOR UPDATE`;

/** Adds what the CREDIT had paid back to the balances. A disputed balance remains disputed. */
const REVERSE_ALLOCATIONS = `
  WITH taken AS (
    SELECT balance_id, sum(amount_allocated) AS amount
    FROM payment_allocations WHERE payment_posting_id = $1 GROUP BY balance_id),
  raised AS (
    UPDATE ledger_balances b
    SET payment_applied = b.payment_applied - taken.amount,
        outstanding_balance = b.outstanding_balance + taken.amount,
        status = CASE b.status WHEN 'CLOSED' THEN 'OPEN' ELSE b.status END,
        updated_on = $2::timestamptz
    FROM taken
    WHERE b.balance_id = taken.balance_id
    RETURNING b.posting_id, b.balance_id, b.category, b.reference_type, b.reference_id, b.due_date, taken.amount,
              b.outstanding_balance AS outstanding_after, b.status AS status_after, b.payment_applied)
  SELECT balance_id, category, reference_type, reference_id, due_date, amount, outstanding_after, status_after,
         payment_applied
  FROM raised ORDER BY posting_id`;

/** The obligation is no longer owed. The balance keeps its original amount. */
const VOID_BALANCE = `
  WITH voided AS (
    UPDATE ledger_balances SET status = 'VOIDED', outstanding_balance = 0, updated_on = $2::timestamptz
    WHERE balance_id = $1
    RETURNING balance_id, category, reference_type, reference_id, due_date, -original_amount AS amount,
              outstanding_balance AS outstanding_after, status AS status_after)
  SELECT * FROM voided`;

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
    const rows = await tx.query<[LockedPosting]>(LOCK_POSTING, [postingId]);
    return rows[0];
  }

  /** Locks and returns the balance of a DEBIT. */
  async lockDebt(tx: Tx, postingId: string): Promise<LockedBalance> {
    const rows = await tx.query<[LockedBalance & { paymentApplied: string }]>(LOCK_BALANCE, [postingId]);
    const [balance] = rows;
    return { ...balance, paymentApplied: Money.of(balance.paymentApplied) };
  }

  voidDebt(tx: Tx, balanceId: string, at: Date): Promise<VoidedPartView[]> {
    return tx.query<VoidedPartView[]>(VOID_BALANCE, [balanceId, at]);
  }

  /** Reverses all allocations of the CREDIT. Returns the balances after the reversal. */
  async reversePosting(tx: Tx, postingId: string, at: Date): Promise<ReopenedBalance[]> {
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
  async reverse(tx: Tx, recording: RecordingParameters, postingId: string, reason: string): Promise<string> {
    const rows = await tx.query<[{ posting_id: string }]>(REVERSE, [...recording, postingId, reason]);
    return rows[0].posting_id;
  }
}
