import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { RecordType } from '../../../../platform/changes/recorded-change.js';
import { selectPage } from '../../../../platform/database/page.js';
import type { Page, PagedSql, SqlRunner } from '../../../../platform/database/page.js';
import { PAYMENT_ORDER } from '../../account/category.js';
import { settlementRunNotFound } from '../../errors.js';
import type { SettlementLineView, SettlementRunDetailView, SettlementRunView } from '../settlement.view.js';
import type {
  SettlementLineExportInput,
  SettlementLineListInput,
  SettlementRunListInput,
} from './settlement-list.input.js';

const SELECT_RUN = `
  SELECT r.run_id, r.status, false AS dry_run, r.payment_period_start, r.lines_total, r.lines_paid, r.lines_rejected,
         r.lines_nothing_due, r.total_earnings, r.total_applied, r.total_net, r.failure, r.started_by, r.started_at,
         r.completed_at, r.voided_by, r.voided_at, r.void_reason`;

const RUN_FILTERS = `
  FROM settlement_runs r
  WHERE ($1::text IS NULL OR r.status = $1)
    AND ($2::date IS NULL OR r.payment_period_start >= $2)
    AND ($3::date IS NULL OR r.payment_period_start <= $3)
    AND ($4::integer IS NULL OR r.started_by = $4)`;

const RUN = `
  ${SELECT_RUN}, paid.by_category, voided.lines_voided, voided.total_voided
  FROM settlement_runs r
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS lines_voided, coalesce(sum(applied), 0)::numeric(20,2) AS total_voided
    FROM settlement_lines l WHERE l.run_id = r.id AND l.status = 'VOIDED') AS voided
  CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('category', category, 'amount', amount::text)
                              ORDER BY array_position($2::text[], category)), '[]') AS by_category
    FROM (SELECT b.category, sum(a.amount_allocated) AS amount
          FROM settlement_lines l
          JOIN payment_allocations a ON a.payment_posting_id = l.posting_id
          JOIN ledger_balances b ON b.balance_id = a.balance_id
          WHERE l.run_id = r.id
          GROUP BY b.category) AS sums) AS paid
  WHERE r.run_id = $1`;

const SELECT_LINE = `
  SELECT l.line_number, l.driver_id, l.tlc_license_number, ltrim(d.first_name || ' ' || d.last_name) AS driver_name,
         l.lease_id, le.lease_number, l.amount, l.min_take_home, l.source_id, l.status, l.applied, l.net, l.posting_id,
         l.allocations_count,
         CASE WHEN l.error_code IS NOT NULL
              THEN jsonb_build_object('code', l.error_code, 'message', l.error_message) END AS error`;

const LINE_FILTERS = `
  FROM settlement_lines l
  JOIN settlement_runs r ON r.id = l.run_id
  LEFT JOIN drivers d ON d.id = l.driver_id
  LEFT JOIN leases le ON le.id = l.lease_id
  WHERE r.run_id = $1
    AND ($2::text IS NULL OR l.status = $2)
    AND ($3::text IS NULL OR d.search_terms @@ search_query($3) OR $3 IN (l.source_id, l.tlc_license_number))`;

/** Settlement runs in the audit log and in events */
export const SETTLEMENT_RUN: RecordType = { recordType: 'settlement_run', viewVersion: 1 };

/** Reads settlement runs. */
@Injectable()
export class SettlementRunQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(query: SettlementRunListInput): Promise<Page<SettlementRunView>> {
    const sql = {
      select: SELECT_RUN,
      from: RUN_FILTERS,
      orderBy: `r.id ${query.sort_order}`,
      parameters: [query.status, query.period_from, query.period_to, query.started_by],
    };
    return selectPage<SettlementRunView>(this.dataSource, sql, query);
  }

  /** Inside a transaction, pass its Tx to see its own writes. Throws SETTLEMENT_RUN_NOT_FOUND. */
  async get(runId: string, db: SqlRunner = this.dataSource): Promise<SettlementRunDetailView> {
    const rows = await db.query<SettlementRunDetailView[]>(RUN, [runId, PAYMENT_ORDER]);
    if (!rows[0]) throw settlementRunNotFound(runId);
    return rows[0];
  }

  listLines(runId: string, query: SettlementLineListInput): Promise<Page<SettlementLineView>> {
    return selectPage<SettlementLineView>(this.dataSource, this.linesSql(runId, query), query);
  }

  /** The SQL of the lines of a run, without paging. */
  linesSql(runId: string, query: SettlementLineExportInput): PagedSql {
    return {
      select: SELECT_LINE,
      from: LINE_FILTERS,
      orderBy: `l.line_number ${query.sort_order}`,
      parameters: [runId, query.status, query.q],
    };
  }

  /** The first lines of the run, or its first lines with a status. Inside a transaction, pass its Tx to see its own writes. */
  async firstLines(
    runId: string,
    limit: number,
    status: 'REJECTED' | null = null,
    db: SqlRunner = this.dataSource,
  ): Promise<SettlementLineView[]> {
    return await db.query<SettlementLineView[]>(
      `${SELECT_LINE} ${LINE_FILTERS} ORDER BY l.line_number LIMIT $4`,
      [runId, status, null, limit],
    );
  }
}
