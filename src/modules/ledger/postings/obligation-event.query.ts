import { Injectable } from '@nestjs/common';
import type { Page, PagedSql, PageRequest, SqlRunner } from '../../../platform/database/page.js';
import { selectPage } from '../../../platform/database/page.js';

/** Selects obligations by the reference type and ids of the module that owns them. */
export interface ObligationReferences {
  readonly type: string;
  readonly ids: readonly string[];
  /** Ids of RECOVERY postings: money received after these obligations were written off, which pays none of them */
  readonly recoveries: readonly string[];
}

export const OBLIGATION_EVENT_KINDS = [
  'CHARGE',
  'PAYMENT',
  'WRITE_OFF',
  'RECOVERY',
  'CHARGE_VOID',
  'PAYMENT_VOID',
  'WRITE_OFF_VOID',
  'RECOVERY_VOID',
] as const;

type ObligationEventKind = (typeof OBLIGATION_EVENT_KINDS)[number];

/** A change of what is owed on one obligation, or money received after the obligations were written off. */
export interface ObligationEvent {
  readonly at: Date;
  /** The kind of the posting, or of its void */
  readonly kind: ObligationEventKind;
  /** Null for a recovery, like `balance_id` */
  readonly reference_id: string | null;
  readonly balance_id: string | null;
  /** The posting of the event: the DEBIT, the CREDIT, or the reversal of either */
  readonly posting_id: string;
  /** The source of the DEBIT or CREDIT, also for its void */
  readonly source_type: string;
  readonly source_id: string;
  readonly allocation_type: 'HIERARCHY' | 'TARGETED' | null;
  readonly voided_by_posting_id: string | null;
  readonly reverses_posting_id: string | null;
  readonly by: number | null;
  readonly reason: string | null;
  readonly description: string | null;
  /** The signed change of what is owed: 0.00 for a recovery */
  readonly amount: string;
  /** The signed change of the recovered money: 0.00 except for a recovery */
  readonly recovered: string;
  /** What is owed on all these obligations after the event */
  readonly balance: string;
}

export interface ObligationTotals {
  readonly total_charged: string;
  readonly total_settled: string;
  readonly total_recovered: string;
  readonly balance: string;
}

/**
 * The events of a balance: its DEBIT, each allocation of a payment or write-off to it, and the reversals of these.
 * Events of the same time are ordered by `number`, the latest posting that the event depends on. So a charge comes
 * before its payment, both come before their voids, and what other credits pay after a void comes after it.
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

/** Reads the events of obligations from postings and allocations only. */
@Injectable()
export class ObligationEventQuery {
  list(
    db: SqlRunner,
    { type, ids, recoveries }: ObligationReferences,
    request: PageRequest & { readonly sort_order: 'asc' | 'desc' },
  ): Promise<Page<ObligationEvent>> {
    const sql: PagedSql = {
      select: `SELECT at, kind, reference_id, balance_id, posting_id, source_type, source_id, allocation_type,
                      voided_by_posting_id, reverses_posting_id, by, reason, description, amount, recovered,
                      balance`,
      from: `FROM (${WITH_BALANCE}) AS ordered`,
      orderBy: `place ${request.sort_order}`,
      parameters: [type, ids, recoveries],
    };
    return selectPage<ObligationEvent>(db, sql, request);
  }

  /** The totals charged, settled and recovered without voids, and what is owed. */
  async totals(db: SqlRunner, { type, ids, recoveries }: ObligationReferences): Promise<ObligationTotals> {
    const rows = await db.query<[ObligationTotals]>(TOTALS, [type, ids, recoveries]);
    return rows[0];
  }
}
