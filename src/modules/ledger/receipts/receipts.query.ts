import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import type { PagedSql, SqlRunner } from '../../../platform/database/page.js';
import { CATEGORIES } from '../account/category.js';
import { dayOfMoney, isMoneyOfDays, isReceivedMoney } from '../postings/received.sql.js';
import type { ReceiptsPeriod } from './receipts-period.js';
import { RECEIPT_GROUPS } from './receipts.input.js';
import type { ReceiptGroup } from './receipts.input.js';

import { CREDIT_GROUP } from './receipts.view.js';
import type { ReceiptAmountsView, ReceiptsRowView } from './receipts.view.js';

/**
 * The postings of money received or paid out on the days $1 to $2 (docs/figures.md, "Received"). $3 is the fleet's time
 * zone.
 */
const MONEY = `
  money AS (
    SELECT p.posting_id, p.kind, p.category AS posting_category, p.amount, p.payment_method AS method, p.posted_by,
           ${dayOfMoney('p', '$3')} AS day
    FROM ledger_postings p
    WHERE (${isReceivedMoney('p')} OR p.kind = 'REFUND') AND p.status = 'POSTED'
      AND ${isMoneyOfDays('p', '$1::date', '$2::date', '$3')})`;

/** One row for each posting. */
const WHOLE = `part AS (SELECT * FROM money)`;

/** One row for each posting and category that it paid. The rest of a payment, and every refund, is credit. */
const BY_CATEGORY = `
  part AS (
    SELECT money.posting_id, money.kind, money.method, money.posted_by, money.day, paid.category, paid.amount
    FROM money
    CROSS JOIN LATERAL (
      SELECT b.category, sum(a.amount_allocated) AS amount
      FROM payment_allocations a JOIN ledger_balances b ON b.balance_id = a.balance_id
      WHERE a.payment_posting_id = money.posting_id
      GROUP BY b.category
      UNION ALL
      SELECT CASE money.kind WHEN 'RECOVERY' THEN money.posting_category ELSE '${CREDIT_GROUP}' END,
             money.amount - coalesce(sum(a.amount_allocated), 0)
      FROM payment_allocations a WHERE a.payment_posting_id = money.posting_id) AS paid
    WHERE paid.amount > 0)`;

const TYPES: Readonly<Record<ReceiptGroup, string>> = {
  day: 'date',
  method: 'text',
  posted_by: 'integer',
  category: 'text',
};

const AMOUNTS = `
  count(DISTINCT posting_id) FILTER (WHERE kind <> 'REFUND')::integer AS receipts,
  coalesce(sum(amount) FILTER (WHERE kind <> 'REFUND'), 0)::numeric(20,2) AS received,
  count(DISTINCT posting_id) FILTER (WHERE kind = 'REFUND')::integer AS refunds,
  coalesce(sum(amount) FILTER (WHERE kind = 'REFUND'), 0)::numeric(20,2) AS refunded`;

const TOTALS = `WITH ${MONEY} SELECT ${AMOUNTS} FROM money`;

const SELECT = `
  SELECT line.day, line.method, line.posted_by, u.name AS posted_by_name, line.category, line.receipts, line.received,
         line.refunds, line.refunded`;

function fromRowsBy(requested: readonly ReceiptGroup[]): string {
  const groups = RECEIPT_GROUPS.filter((group) => requested.includes(group));
  const columns = RECEIPT_GROUPS.map((group) =>
    groups.includes(group) ? group : `NULL::${TYPES[group]} AS ${group}`,
  );
  return `
    FROM (WITH ${MONEY}, ${groups.includes('category') ? BY_CATEGORY : WHOLE}
          SELECT ${columns.join(', ')}, ${AMOUNTS} FROM part GROUP BY ${groups.join(', ')}) AS line
    LEFT JOIN users u ON u.id = line.posted_by
    LEFT JOIN unnest($4::text[]) WITH ORDINALITY AS listed (category, place) ON listed.category = line.category`;
}

@Injectable()
export class ReceiptsQuery {
  constructor(private readonly clock: Clock) {}

  /** The rows, ordered by day, method, user and category. */
  listSql(period: ReceiptsPeriod, groups: readonly ReceiptGroup[]): PagedSql {
    return {
      select: SELECT,
      from: fromRowsBy(groups),
      orderBy: 'line.day, line.method, line.posted_by, listed.place',
      parameters: [...this.parameters(period), CATEGORIES],
    };
  }

  async rows(
    db: SqlRunner,
    period: ReceiptsPeriod,
    groups: readonly ReceiptGroup[],
  ): Promise<ReceiptsRowView[]> {
    const { select, from, orderBy, parameters } = this.listSql(period, groups);
    return await db.query<ReceiptsRowView[]>(`${select} ${from} ORDER BY ${orderBy}`, [...parameters]);
  }

  /** The totals of the whole period, which count each posting once. */
  async totals(db: SqlRunner, period: ReceiptsPeriod): Promise<ReceiptAmountsView> {
    const rows = await db.query<[ReceiptAmountsView]>(TOTALS, this.parameters(period));
    return rows[0];
  }

  private parameters({ from, to }: ReceiptsPeriod): unknown[] {
    return [from, to, this.clock.timeZone];
  }
}
