import type { Pool, QueryResult } from 'pg';
import type { QueryRunner } from 'typeorm';
import { DataSource, QueryFailedError } from 'typeorm';

const CHANGES_ROWS = new Set(['UPDATE', 'DELETE']);

/**
 * Sends single statements straight to the pool. TypeORM would create a query runner for each of them and notify its
 * subscribers, which the service does not have.
 */
export class DirectDataSource extends DataSource {
  /** Results and errors are those of TypeORM: the rows, and of UPDATE and DELETE also their number. */
  override async query<T>(sql: string, parameters?: unknown[], runner?: QueryRunner): Promise<T> {
    if (runner) return super.query<T>(sql, parameters, runner);
    const client = await (this.driver as unknown as { readonly master: Pool }).master.connect();
    try {
      const { command, rows, rowCount }: QueryResult = await client.query(sql, parameters);
      return (CHANGES_ROWS.has(command) ? [rows, rowCount] : rows) as T;
    } catch (error) {
      throw new QueryFailedError(sql, parameters, error as Error);
    } finally {
      client.release();
    }
  }
}
