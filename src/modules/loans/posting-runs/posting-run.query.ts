import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Page, selectPage } from '../../../platform/database/page.js';
import type { PostingRunListInput } from './posting-run.input.js';
import type { PostingRunDetailView, PostingRunView } from './posting-run.view.js';

const SELECT = `
  SELECT r.id AS run_id, r.trigger, r.status, r.dry_run, r.period_start, r.period_end, r.loan_id,
         r.installments_due, r.installments_posted, failed.installments AS installments_failed, r.total_amount_posted,
         r.credits_applied, r.status = 'COMPLETED' AND failed.errors = 0 AS success, r.failure, r.started_by, r.started_at,
         r.finished_at`;

const FROM = `
  FROM posting_runs r
  CROSS JOIN LATERAL (
    SELECT count(e.installment_id)::integer AS installments, count(*) AS errors
    FROM posting_run_errors e WHERE e.run_id = r.id) AS failed`;

const FILTERS = `
  WHERE ($1::text IS NULL OR r.trigger = $1)
    AND ($2::text IS NULL OR r.status = $2)
    AND ($3::boolean IS NULL OR r.dry_run = $3)`;

@Injectable()
export class PostingRunQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(query: PostingRunListInput): Promise<Page<PostingRunView>> {
    const sql = {
      select: SELECT,
      from: FROM + FILTERS,
      orderBy: `r.id ${query.sort_order}`,
      parameters: [query.trigger, query.status, query.dry_run],
    };
    return selectPage<PostingRunView>(this.dataSource, sql, query);
  }

  async find(runId: number): Promise<PostingRunDetailView | null> {
    const rows = await this.dataSource.query<PostingRunDetailView[]>(
      `${SELECT}, coalesce((
         SELECT json_agg(json_build_object('installment_id', installment_id, 'code', code, 'message', message)
                         ORDER BY installment_id)
         FROM posting_run_errors WHERE run_id = r.id), '[]') AS errors
       ${FROM} WHERE r.id = $1`,
      [runId],
    );
    return rows[0] ?? null;
  }
}
