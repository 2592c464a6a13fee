import { Injectable } from '@nestjs/common';
import type { Page, PagedSql, PageRequest, SqlRunner } from '../../../platform/database/page.js';
import { selectPage } from '../../../platform/database/page.js';

/** Debts by what stands behind them: of one type, and the ids that their owner gave. */
export interface DebtReferences {
  readonly type: string;
  readonly ids: readonly string[];
}

/** Something that raised or lowered one debt. */
export interface DebtEvent {
  readonly at: Date;
  readonly kind: 'CHARGE' | 'PAYMENT' | 'CHARGE_VOID' | 'PAYMENT_VOID';
  readonly reference_id: string;
  readonly balance_id: string;
  /** The posting that did it: the DEBIT, the CREDIT, or the reversal of either */
  readonly posting_id: string;
  /** Of the DEBIT or CREDIT, for its void too */
  readonly source_type: string;
  readonly source_id: string;
  readonly allocation_type: 'HIERARCHY' | 'TARGETED' | null;
  readonly voided_by_posting_id: string | null;
  readonly reverses_posting_id: string | null;
  readonly by: number | null;
  readonly reason: string | null;
  readonly description: string | null;
  /** What it adds to the debt, or takes from it */
  readonly amount: string;
  /** What is owed of all these debts after it */
  readonly balance: string;
}

export interface DebtTotals {
  readonly total_charged: string;
  readonly total_settled: string;
  readonly balance: string;
}

/**
 * A charge is the DEBIT of a balance, a payment each allocation on it, and a void the reversal of either. Of what
 * happened in one moment a charge comes before its payment and both before their void: `number` is the posting without
 * which the event could not be.
 */
const EVENTS = `
  WITH entry AS (
    SELECT 'CHARGE' AS kind, p.posted_at AS at, p.id AS number, 0 AS allocation, NULL AS allocation_type,
           b.balance_id, b.reference_id, p.posting_id, p.amount
    FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
    WHERE b.reference_type = $1 AND b.reference_id = ANY($2)
    UNION ALL
    SELECT 'PAYMENT', a.allocated_at, greatest(p.id, b.posting_id), a.id, a.allocation_type,
           b.balance_id, b.reference_id, p.posting_id, -a.amount_allocated
    FROM ledger_balances b
    JOIN payment_allocations a ON a.balance_id = b.balance_id
    JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
    WHERE b.reference_type = $1 AND b.reference_id = ANY($2))
  SELECT e.kind, e.at, e.number, e.allocation, e.allocation_type, e.balance_id, e.reference_id, e.amount, p.posting_id,
         p.source_type, p.source_id, p.voided_by_posting_id, p.reverses_posting_id, p.posted_by AS by, NULL AS reason,
         p.description
  FROM entry e JOIN ledger_postings p ON p.posting_id = e.posting_id
  UNION ALL
  SELECT e.kind || '_VOID', p.voided_at, reversal.id, e.allocation, e.allocation_type, e.balance_id, e.reference_id,
         -e.amount, reversal.posting_id, p.source_type, p.source_id, NULL, p.posting_id, reversal.posted_by,
         p.void_reason, reversal.description
  FROM entry e
  JOIN ledger_postings p ON p.posting_id = e.posting_id
  JOIN ledger_postings reversal ON reversal.posting_id = p.voided_by_posting_id`;

const WITH_BALANCE = `
  SELECT event.*, sum(amount) OVER in_order AS balance, row_number() OVER in_order AS place
  FROM (${EVENTS}) AS event
  WINDOW in_order AS (ORDER BY at, number, allocation ROWS UNBOUNDED PRECEDING)`;

const TOTALS = `
  SELECT coalesce(sum(amount) FILTER (WHERE kind IN ('CHARGE', 'CHARGE_VOID')), 0)::numeric(14,2) AS total_charged,
         coalesce(-sum(amount) FILTER (WHERE kind IN ('PAYMENT', 'PAYMENT_VOID')), 0)::numeric(14,2) AS total_settled,
         coalesce(sum(amount), 0)::numeric(14,2) AS balance
  FROM (${EVENTS}) AS event`;

/** What became of debts, told by the postings and allocations alone. */
@Injectable()
export class DebtEventQuery {
  list(
    db: SqlRunner,
    { type, ids }: DebtReferences,
    request: PageRequest & { readonly sort_order: 'asc' | 'desc' },
  ): Promise<Page<DebtEvent>> {
    const sql: PagedSql = {
      select: `SELECT at, kind, reference_id, balance_id, posting_id, source_type, source_id, allocation_type,
                      voided_by_posting_id, reverses_posting_id, by, reason, description, amount, balance`,
      from: `FROM (${WITH_BALANCE}) AS told`,
      orderBy: `place ${request.sort_order}`,
      parameters: [type, ids],
    };
    return selectPage<DebtEvent>(db, sql, request);
  }

  /** What stands charged and settled of them, and what is left. */
  async totals(db: SqlRunner, { type, ids }: DebtReferences): Promise<DebtTotals> {
    const rows = await db.query<[DebtTotals]>(TOTALS, [type, ids]);
    return rows[0];
  }
}
