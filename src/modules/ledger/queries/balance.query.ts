import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Page, selectPage, SqlRunner } from '../../../platform/database/page.js';
import { PAYMENT_ORDER } from '../domain/category.js';
import type { AllocationResponse, BalanceResponse } from '../http/balance.response.js';
import type { BalanceListDto } from '../http/dto/balance-list.dto.js';

const SELECT = `
  SELECT b.balance_id, p.posting_id, b.driver_id, b.lease_id, b.category, b.reference_type, b.reference_id,
         b.original_amount, b.payment_applied, b.outstanding_balance, b.payment_period_start, b.payment_period_end,
         b.due_date, b.status, b.description`;

const FROM = `
  FROM ledger_balances b
  JOIN ledger_postings p ON p.id = b.posting_id`;

const FILTERS = `
  WHERE ($1::integer IS NULL OR b.driver_id = $1)
    AND ($2::integer IS NULL OR b.lease_id = $2)
    AND ($3::text IS NULL OR b.category = $3)
    AND ($4::text IS NULL OR b.status = $4)
    AND ($5::date IS NULL OR b.due_date >= $5)
    AND ($6::date IS NULL OR b.due_date <= $6)
    AND ($7::text IS NULL OR b.reference_id = $7)`;

const SORTS: Readonly<Record<BalanceListDto['sort_by'], string>> = {
  due_date: 'b.due_date',
  original_amount: 'b.original_amount',
  outstanding_balance: 'b.outstanding_balance',
};

@Injectable()
export class BalanceQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(query: BalanceListDto): Promise<Page<BalanceResponse>> {
    const sql = {
      select: SELECT,
      from: FROM + FILTERS,
      orderBy: `${SORTS[query.sort_by]} ${query.sort_order}, b.posting_id ${query.sort_order}`,
      parameters: [
        query.driver_id,
        query.lease_id,
        query.category,
        query.status,
        query.due_from,
        query.due_to,
        query.reference_id,
      ],
    };
    return selectPage<BalanceResponse>(this.dataSource, sql, query);
  }

  async find(balanceId: string, db: SqlRunner = this.dataSource): Promise<BalanceResponse | null> {
    const rows = await db.query<BalanceResponse[]>(`${SELECT} ${FROM} WHERE b.balance_id = $1`, [balanceId]);
    return rows[0] ?? null;
  }

  async allocationsOf(balanceId: string): Promise<AllocationResponse[]> {
    return await this.dataSource.query<AllocationResponse[]>(
      `SELECT allocation_id, payment_posting_id, amount_allocated, allocation_type, allocated_at
       FROM payment_allocations WHERE balance_id = $1 ORDER BY id`,
      [balanceId],
    );
  }

  /** What driver and lease owe, in the order in which a payment by hierarchy would pay it. */
  async listOpen(driverId: number, leaseId: number): Promise<BalanceResponse[]> {
    return await this.dataSource.query<BalanceResponse[]>(
      `${SELECT} ${FROM}
       WHERE b.driver_id = $1 AND b.lease_id = $2 AND b.status = 'OPEN'
       ORDER BY array_position($3::text[], b.category) NULLS LAST, b.due_date, b.posting_id`,
      [driverId, leaseId, PAYMENT_ORDER],
    );
  }
}
