import { Injectable } from '@nestjs/common';
import type { Page, PagedSql, PageRequest, SqlRunner } from '../../../platform/database/page.js';
import { selectPage } from '../../../platform/database/page.js';

/** Debts by what stands behind them: of one type, and the ids that their owner gave. */
export interface DebtReferences {
  readonly type: string;
  readonly ids: readonly string[];
  /** RECOVERY postings: money that came in after these debts were given up, and pays none of them */
  readonly recoveries: readonly string[];
}

export const DEBT_EVENT_KINDS = [
  'CHARGE',
  'PAYMENT',
  'WRITE_OFF',
  'RECOVERY',
  'CHARGE_VOID',
  'PAYMENT_VOID',
  'WRITE_OFF_VOID',
  'RECOVERY_VOID',
] as const;

type DebtEventKind = (typeof DEBT_EVENT_KINDS)[number];

/** Something that raised or lowered one debt, or money that came in after the debts were given up. */
export interface DebtEvent {
  readonly at: Date;
  /** Of the posting, or its void */
  readonly kind: DebtEventKind;
  /** Null for a recovery, as the balance is */
  readonly reference_id: string | null;
  readonly balance_id: string | null;
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
  /** What it adds to the debt, or takes from it: 0.00 for a recovery */
  readonly amount: string;
  /** What it adds to the money recovered, or takes from it: 0.00 but for a recovery */
  readonly recovered: string;
  /** What is owed of all these debts after it */
  readonly balance: string;
}

export interface DebtTotals {
  readonly total_charged: string;
  readonly total_settled: string;
  readonly total_recovered: string;
  readonly balance: string;
}

/**
 * A charge is the DEBIT of a balance, a payment or write-off each allocation on it, and a void the reversal of either. Of
 * what happened in one moment a charge comes before its payment, both before their void, and what a void lets other
 * credits pay after it: `number` is the posting without which the event could not be.
 */
const EVENTS = `
  WITH entry AS (
    SELECT p.kind, p.posted_at AS at, p.id AS number, 0 AS allocation, NULL AS allocation_type,
           b.balance_id, b.reference_id, p.posting_id, p.amount, 0::numeric(12,2) AS recovered
    FROM ledger_balances b JOIN ledger_postings p ON p.id = b.posting_id
    WHERE b.reference_type = $1 AND b.reference_id = ANY($2)
    UNION ALL
    SELECT p.kind, a.allocated_at, greatest(p.id, b.posting_id, reopening.number), a.id, a.allocation_type,
           b.balance_id, b.reference_id, p.posting_id, -a.amount_allocated, 0.00
    FROM ledger_balances b
    JOIN payment_allocations a ON a.balance_id = b.balance_id
    JOIN ledger_postings p ON p.posting_id = a.payment_posting_id
    CROSS JOIN LATERAL (
      SELECT max(reversal.id) AS number
      FROM payment_allocations earlier
      JOIN ledger_postings voided ON voided.posting_id = earlier.payment_posting_id
      JOIN ledger_postings reversal ON reversal.posting_id = voided.voided_by_posting_id
      WHERE earlier.balance_id = a.balance_id AND earlier.id < a.id AND voided.voided_at = a.allocated_at) AS reopening
    WHERE b.reference_type = $1 AND b.reference_id = ANY($2)
    UNION ALL
    SELECT 'RECOVERY', posted_at, id, 0, NULL, NULL, NULL, posting_id, 0.00, amount
    FROM ledger_postings WHERE posting_id = ANY($3))
  SELECT e.kind, e.at, e.number, e.allocation, e.allocation_type, e.balance_id, e.reference_id, e.amount, e.recovered,
         p.posting_id, p.source_type, p.source_id, p.voided_by_posting_id, p.reverses_posting_id, p.posted_by AS by,
         NULL AS reason, p.description
  FROM entry e JOIN ledger_postings p ON p.posting_id = e.posting_id
  UNION ALL
  SELECT e.kind || '_VOID', p.voided_at, reversal.id, e.allocation, e.allocation_type, e.balance_id, e.reference_id,
         -e.amount, -e.recovered, reversal.posting_id, p.source_type, p.source_id, NULL, p.posting_id,
         reversal.posted_by, p.void_reason, reversal.description
  FROM entry e
  JOIN ledger_postings p ON p.posting_id = e.posting_id
  JOIN ledger_postings reversal ON reversal.posting_id = p.voided_by_posting_id`;

const WITH_BALANCE = `
  SELECT event.*, sum(amount) OVER in_order AS balance, row_number() OVER in_order AS place
  FROM (${EVENTS}) AS event
  WINDOW in_order AS (ORDER BY at, number, allocation ROWS UNBOUNDED PRECEDING)`;

const TOTALS = `
  SELECT coalesce(sum(amount) FILTER (WHERE kind IN ('CHARGE', 'CHARGE_VOID')), 0)::numeric(20,2) AS total_charged,
         coalesce(-sum(amount) FILTER (WHERE kind NOT IN ('CHARGE', 'CHARGE_VOID')), 0)::numeric(20,2) AS total_settled,
         coalesce(sum(recovered), 0)::numeric(20,2) AS total_recovered,
         coalesce(sum(amount), 0)::numeric(20,2) AS balance
  FROM (${EVENTS}) AS event`;

/** What became of debts, told by the postings and allocations alone. */
@Injectable()
export class DebtEventQuery {
  list(
    db: SqlRunner,
    { type, ids, recoveries }: DebtReferences,
    request: PageRequest & { readonly sort_order: 'asc' | 'desc' },
  ): Promise<Page<DebtEvent>> {
    const sql: PagedSql = {
      select: `SELECT at, kind, reference_id, balance_id, posting_id, source_type, source_id, allocation_type,
                      voided_by_posting_id, reverses_posting_id, by, reason, description, amount, recovered,
                      balance`,
      from: `FROM (${WITH_BALANCE}) AS told`,
      orderBy: `place ${request.sort_order}`,
      parameters: [type, ids, recoveries],
    };
    return selectPage<DebtEvent>(db, sql, request);
  }

  /** What stands charged and settled of them, and what is left. */
  async totals(db: SqlRunner, { type, ids, recoveries }: DebtReferences): Promise<DebtTotals> {
    const rows = await db.query<[DebtTotals]>(TOTALS, [type, ids, recoveries]);
    return rows[0];
  }
}
