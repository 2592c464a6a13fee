import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Category } from '../account/category.js';

@Injectable()
export class LedgerGaugesQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Open dollars of each category that has any, as floating-point numbers: for charts, not for accounting. */
  async openByCategory(): Promise<{ readonly category: Category; readonly dollars: number }[]> {
    return await this.dataSource.query<{ category: Category; dollars: number }[]>(
      `SELECT category, sum(outstanding_balance)::float8 AS dollars
       FROM ledger_balances WHERE status = 'OPEN' GROUP BY category`,
    );
  }

  async sealsWaiting(): Promise<number> {
    const rows = await this.dataSource.query<[{ count: number }]>(
      'SELECT count(*)::integer AS count FROM ledger_seals WHERE NOT is_linked',
    );
    return rows[0].count;
  }
}
