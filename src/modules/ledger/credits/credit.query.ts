import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PagedSql, SqlRunner } from '../../../platform/database/page.js';
import { selectPage } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';

import { OWNER_NAMES, OWNERS } from '../account/owner-names.sql.js';
import type { CreditListItemView, CreditPageView } from './credit.view.js';
import type { CreditListInput } from './credit.input.js';

const SELECT = `
  SELECT p.posting_id, c.driver_id, c.lease_id, ${OWNER_NAMES}, c.amount, c.left_over, p.source_type, p.source_id,
         p.payment_period_start, p.posted_at`;

const FROM = `
  FROM ledger_credits c
  JOIN ledger_postings p ON p.id = c.posting_id
  JOIN leases le ON le.id = c.lease_id ${OWNERS}`;

const FILTERS = 'WHERE c.left_over > 0 AND ($1::integer IS NULL OR c.driver_id = $1)';

const LEFT_OVER = 'SELECT coalesce(sum(c.left_over), 0)::numeric(20,2) AS sum FROM ledger_credits c';

const LEFT_OVER_OF_DRIVER = prepared(`${LEFT_OVER} WHERE c.left_over > 0 AND c.driver_id = $1`);

/** Reads the current unused credits. */
@Injectable()
export class CreditQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async list(query: CreditListInput): Promise<CreditPageView> {
    const sql: PagedSql = {
      select: SELECT,
      keySource: { from: `FROM ledger_credits c ${FILTERS}`, key: 'c.posting_id' },
      from: `${FROM} ${FILTERS}`,
      orderBy: `c.posting_id ${query.sort_order}`,
      parameters: [query.driver_id],
    };
    const page = await selectPage<CreditListItemView>(this.dataSource, sql, query);
    const [{ sum }] = await this.dataSource.query<[{ sum: string }]>(
      `${LEFT_OVER} ${FILTERS}`,
      sql.parameters,
    );
    return { ...page, total_left_over: sum };
  }

  /** The unused credit of the driver over all leases. */
  async leftOver(driverId: number, db: SqlRunner): Promise<string> {
    const [{ sum }] = await db.query<[{ sum: string }]>(LEFT_OVER_OF_DRIVER, [driverId]);
    return sum;
  }

  /** The unused credits of those drivers who have some. */
  leftOverByDriver(
    driverIds: readonly number[],
    db: SqlRunner,
  ): Promise<{ driver_id: number; left_over: string }[]> {
    return db.query(
      `SELECT c.driver_id, sum(c.left_over)::numeric(20,2) AS left_over FROM ledger_credits c
       WHERE c.left_over > 0 AND c.driver_id = ANY ($1::integer[]) GROUP BY c.driver_id`,
      [driverIds],
    );
  }
}
