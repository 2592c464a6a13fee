import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { SqlRunner } from '../../../platform/database/page.js';
import { PAYMENT_ORDER } from '../account/category.js';
import type { SettlementLineView, SettlementRunView } from './settlement.view.js';

const RUN = `
  SELECT r.run_id, r.status, r.payment_period_start, r.lines_total, r.lines_paid, r.lines_rejected, r.lines_nothing_due,
         r.total_earnings, r.total_applied, r.total_net, paid.by_category, r.started_by, r.started_at, r.completed_at
  FROM settlement_runs r
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

const LINES = `
  SELECT line_number, driver_id, tlc_license_number, lease_id, amount, min_take_home, source_id, l.status, applied, net,
         posting_id, allocations_count,
         CASE WHEN error_code IS NOT NULL
              THEN jsonb_build_object('code', error_code, 'message', error_message) END AS error
  FROM settlement_lines l JOIN settlement_runs r ON r.id = l.run_id
  WHERE r.run_id = $1
  ORDER BY line_number`;

/** Reads settlement runs. */
@Injectable()
export class SettlementRunQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async find(runId: string, db: SqlRunner = this.dataSource): Promise<SettlementRunView | null> {
    const rows = await db.query<SettlementRunView[]>(RUN, [runId, PAYMENT_ORDER]);
    return rows[0] ?? null;
  }

  async lines(runId: string, db: SqlRunner = this.dataSource): Promise<SettlementLineView[]> {
    return await db.query<SettlementLineView[]>(LINES, [runId]);
  }
}
