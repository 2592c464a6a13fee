import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PagedSql, Unpaged } from '../../../platform/database/page.js';
import { Page, selectPage, SqlRunner } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';
import { orderOfPayment } from '../payment-order/payment-order.sql.js';
import { BALANCES_NOW, balancesAsOf, wasActiveAt } from './balance-view.sql.js';
import type { ObligationReferences } from '../postings/obligation-event.query.js';
import { OWNER_NAMES, OWNERS } from '../account/owner-names.sql.js';
import type { AllocationView, BalanceListItemView, BalanceView, DisputeView } from './balance.view.js';
import type { BalanceListInput } from './balance.input.js';

const SELECT = `
  SELECT b.balance_id, p.posting_id, b.driver_id, b.lease_id, b.category, b.reference_type, b.reference_id,
         b.original_amount, b.payment_applied, b.outstanding_balance, b.payment_period_start, b.payment_period_end,
         b.due_date, b.status, b.description`;

const from = (balances: string): string => `
  FROM ${balances} b
  JOIN ledger_postings p ON p.id = b.posting_id`;

const FILTERS = `
  WHERE ($1::integer IS NULL OR b.driver_id = $1)
    AND ($2::integer IS NULL OR b.lease_id = $2)
    AND ($3::text IS NULL OR b.category = $3)
    AND ($4::text IS NULL OR b.status = $4)
    AND ($5::date IS NULL OR b.due_date >= $5)
    AND ($6::date IS NULL OR b.due_date <= $6)
    AND ($7::text IS NULL OR b.reference_id = $7)`;

const OPEN = prepared(`${SELECT} ${from(BALANCES_NOW)}
  WHERE b.driver_id = $1 AND b.lease_id = $2 AND b.status = 'OPEN'
  ORDER BY ${orderOfPayment('b')}`);

const ALLOCATIONS = prepared(`
  SELECT a.allocation_id, a.payment_posting_id, credit.kind, a.amount_allocated, a.allocation_type, a.allocated_at
  FROM payment_allocations a
  JOIN ledger_postings credit ON credit.posting_id = a.payment_posting_id
  WHERE a.balance_id = $1 AND a.allocated_at <= coalesce($2::timestamptz, 'infinity') AND ${wasActiveAt('credit', '$2')}
  ORDER BY a.id`);

const SORTS: Readonly<Record<BalanceListInput['sort_by'], string>> = {
  due_date: 'b.due_date',
  original_amount: 'b.original_amount',
  outstanding_balance: 'b.outstanding_balance',
};

@Injectable()
export class BalanceQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(query: BalanceListInput): Promise<Page<BalanceListItemView>> {
    return selectPage<BalanceListItemView>(this.dataSource, this.listSql(query), query);
  }

  /** The SQL of the list, without paging. */
  listSql(query: Unpaged<BalanceListInput>): PagedSql {
    const balances = query.as_of ? balancesAsOf('$8') : BALANCES_NOW;
    return {
      select: `${SELECT}, ${OWNER_NAMES}`,
      keySource: { from: `FROM ${balances} b ${FILTERS}`, key: 'b.posting_id' },
      from: `${from(balances)} JOIN leases le ON le.id = b.lease_id ${OWNERS} ${FILTERS}`,
      orderBy: `${SORTS[query.sort_by]} ${query.sort_order}, b.posting_id ${query.sort_order}`,
      parameters: [
        query.driver_id,
        query.lease_id,
        query.category,
        query.status,
        query.due_from,
        query.due_to,
        query.reference_id,
        ...(query.as_of ? [query.as_of] : []),
      ],
    };
  }

  /** The balance, now or at the instant. Inside a transaction, pass its Tx to see its own writes. */
  async find(
    balanceId: string,
    db: SqlRunner = this.dataSource,
    asOf: Date | null = null,
  ): Promise<BalanceView | null> {
    const balances = asOf ? balancesAsOf('$2') : BALANCES_NOW;
    const rows = await db.query<BalanceView[]>(
      `${SELECT} ${from(balances)} WHERE b.balance_id = $1`,
      asOf ? [balanceId, asOf] : [balanceId],
    );
    return rows[0] ?? null;
  }

  /** Many balances at once, in any order. */
  findAll(tx: SqlRunner, balanceIds: readonly string[]): Promise<BalanceView[]> {
    return tx.query(`${SELECT} ${from(BALANCES_NOW)} WHERE b.balance_id = ANY ($1)`, [balanceIds]);
  }

  /** The balances of these references that are not voided, the oldest due date first. */
  async listOf(db: SqlRunner, { type, ids }: ObligationReferences): Promise<BalanceView[]> {
    return await db.query<BalanceView[]>(
      `${SELECT} ${from(BALANCES_NOW)}
       WHERE b.reference_type = $1 AND b.reference_id = ANY($2) AND b.status <> 'VOIDED'
       ORDER BY b.due_date, b.posting_id`,
      [type, ids],
    );
  }

  /** The allocations that are not voided, now or at the instant. */
  async allocationsOf(
    balanceId: string,
    db: SqlRunner = this.dataSource,
    asOf: Date | null = null,
  ): Promise<AllocationView[]> {
    return await db.query<AllocationView[]>(ALLOCATIONS, [balanceId, asOf]);
  }

  async disputesOf(
    balanceId: string,
    db: SqlRunner = this.dataSource,
    asOf: Date | null = null,
  ): Promise<DisputeView[]> {
    return await db.query<DisputeView[]>(
      `SELECT step, reason, recorded_by, recorded_at FROM balance_disputes
       WHERE balance_id = $1 AND recorded_at <= coalesce($2::timestamptz, 'infinity') ORDER BY id`,
      [balanceId, asOf],
    );
  }

  /** The open balances of driver and lease, in the order in which a payment by hierarchy pays them. */
  async listOpen(driverId: number, leaseId: number, db: SqlRunner): Promise<BalanceView[]> {
    return await db.query<BalanceView[]>(OPEN, [driverId, leaseId]);
  }
}
