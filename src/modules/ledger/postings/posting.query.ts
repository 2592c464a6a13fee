import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../../kernel/clock/clock.js';
import type { RecordType } from '../../../platform/changes/recorded-change.js';
import type { PagedSql, Unpaged } from '../../../platform/database/page.js';
import { Page, selectPage, SqlRunner } from '../../../platform/database/page.js';
import { prepared } from '../../../platform/database/prepared.js';

import { OWNER_NAMES, OWNERS } from '../account/owner-names.sql.js';
import type { PostingListInput } from './posting.input.js';
import type {
  PostingDetailView,
  PostingListItemView,
  PostingView,
  SettledBalanceView,
} from './posting.view.js';

// Medallion and vehicle come from the lease, where they never change
export const SELECT_POSTING = `
  SELECT p.posting_id, p.driver_id, p.lease_id, le.vehicle_id, le.medallion_id, p.posting_type, p.kind, p.category,
         p.amount, p.source_type, p.source_id, p.payment_method, p.received_on, p.payment_period_start, p.payment_period_end, p.status, p.posted_at,
         p.posted_by, p.voided_by_posting_id, p.reverses_posting_id, p.voided_at, p.void_reason, p.description, p.notes`;

const FROM = `
  FROM ledger_postings p
  JOIN leases le ON le.id = p.lease_id`;

const BY_ID = prepared(`${SELECT_POSTING} ${FROM} WHERE p.posting_id = $1`);

const DETAIL_BY_ID = prepared(`${SELECT_POSTING}, c.refunded, c.left_over ${FROM}
  LEFT JOIN ledger_credits c ON c.posting_id = p.id AND p.kind = 'PAYMENT'
  WHERE p.posting_id = $1`);

const ALLOCATIONS = prepared(`
  SELECT a.allocation_id, a.balance_id, b.lease_id, b.category, b.reference_type, b.reference_id, b.due_date,
         a.amount_allocated, a.allocation_type, a.allocated_at
  FROM payment_allocations a
  JOIN ledger_balances b ON b.balance_id = a.balance_id
  WHERE a.payment_posting_id = $1
  ORDER BY a.id`);

const FILTERS = `
  WHERE ($1::integer IS NULL OR p.driver_id = $1)
    AND ($2::integer IS NULL OR p.lease_id = $2)
    AND ($3::text IS NULL OR p.category = $3)
    AND ($4::text IS NULL OR p.posting_type = $4)
    AND ($5::text IS NULL OR p.status = $5)
    AND ($6::text IS NULL OR p.source_type = $6)
    AND ($7::text IS NULL OR p.source_id = $7)
    AND ($8::date IS NULL OR p.payment_period_start >= $8)
    AND ($9::date IS NULL OR p.payment_period_start <= $9)
    AND ($10::text IS NULL OR p.kind = $10)
    AND ($11::date IS NULL OR p.posted_at >= $11::date::timestamp AT TIME ZONE $13)
    AND ($12::date IS NULL OR p.posted_at < ($12::date + 1)::timestamp AT TIME ZONE $13)
    AND ($14::integer IS NULL OR p.posted_by = $14)`;

const SORTS: Readonly<Record<PostingListInput['sort_by'], string>> = {
  posted_at: 'p.posted_at',
  amount: 'p.amount',
  payment_period_start: 'p.payment_period_start',
};

/** Postings in the audit log and in events */
export const POSTING: RecordType = { recordType: 'ledger_posting', viewVersion: 1 };

@Injectable()
export class PostingQuery {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  list(query: PostingListInput): Promise<Page<PostingListItemView>> {
    return selectPage<PostingListItemView>(this.dataSource, this.listSql(query), query);
  }

  /** The SQL of the list, without paging. */
  listSql(query: Unpaged<PostingListInput>): PagedSql {
    return {
      select: `${SELECT_POSTING}, ${OWNER_NAMES}`,
      keySource: { from: `FROM ledger_postings p ${FILTERS}`, key: 'p.id' },
      from: FROM + OWNERS + FILTERS,
      orderBy: `${SORTS[query.sort_by]} ${query.sort_order}, p.id ${query.sort_order}`,
      parameters: [
        query.driver_id,
        query.lease_id,
        query.category,
        query.posting_type,
        query.status,
        query.source_type,
        query.source_id,
        query.period_from,
        query.period_to,
        query.kind,
        query.posted_from,
        query.posted_to,
        this.clock.timeZone,
        query.posted_by,
      ],
    };
  }

  /** Inside a transaction, pass its Tx to see its own writes. */
  async find(postingId: string, db: SqlRunner = this.dataSource): Promise<PostingView | null> {
    const rows = await db.query<PostingView[]>(BY_ID, [postingId]);
    return rows[0] ?? null;
  }

  /** Many postings at once, in any order. */
  findAll(tx: SqlRunner, postingIds: readonly string[]): Promise<PostingView[]> {
    return tx.query<PostingView[]>(`${SELECT_POSTING} ${FROM} WHERE p.posting_id = ANY ($1)`, [postingIds]);
  }

  /** The posting with its allocations. Inside a transaction, pass its Tx to see its own writes. */
  async findWithAllocations(
    postingId: string,
    db: SqlRunner = this.dataSource,
  ): Promise<PostingDetailView | null> {
    const rows = await db.query<Omit<PostingDetailView, 'allocations'>[]>(DETAIL_BY_ID, [postingId]);
    return rows[0] ? { ...rows[0], allocations: await this.allocationsOf(postingId, db) } : null;
  }

  private async allocationsOf(postingId: string, db: SqlRunner): Promise<SettledBalanceView[]> {
    return await db.query<SettledBalanceView[]>(ALLOCATIONS, [postingId]);
  }
}
