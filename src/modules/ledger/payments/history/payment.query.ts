import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../../../kernel/clock/clock.js';
import type { Page, PagedSql, Unpaged } from '../../../../platform/database/page.js';
import { selectPage } from '../../../../platform/database/page.js';
import { OWNER_NAMES, OWNERS } from '../../account/owner-names.sql.js';
import { SELECT_POSTING } from '../../postings/posting.query.js';
import { dayOfMoney, isMoneyOfDays, isReceivedMoney } from '../../postings/received.sql.js';
import type { PaymentListInput } from './payment-list.input.js';
import type { PaymentListItemView } from './payment-list.view.js';

const SELECT = `
  ${SELECT_POSTING}, ${OWNER_NAMES}, coalesce(c.allocated, 0)::numeric(12,2) AS total_allocated, c.refunded, c.left_over`;

const FROM = `
  FROM ledger_postings p
  JOIN leases le ON le.id = p.lease_id
  LEFT JOIN ledger_credits c ON c.posting_id = p.id`;

const PAID_CATEGORY = `
  EXISTS (SELECT 1 FROM payment_allocations a JOIN ledger_balances b ON b.balance_id = a.balance_id
          WHERE a.payment_posting_id = p.posting_id AND b.category = $8)`;

const FILTERS = `
  WHERE ${isReceivedMoney('p')}
    AND ($1::integer IS NULL OR p.driver_id = $1)
    AND ($2::integer IS NULL OR p.lease_id = $2)
    AND ($3::text IS NULL OR p.payment_method = $3)
    AND ($4::text IS NULL OR p.source_type = $4)
    AND ($5::date IS NULL AND $6::date IS NULL OR ${isMoneyOfDays('p', "coalesce($5::date, '-infinity')", "coalesce($6::date, 'infinity')", '$11')})
    AND ($7::integer IS NULL OR p.posted_by = $7)
    AND ($8::text IS NULL OR p.kind = 'RECOVERY' AND p.category = $8 OR ${PAID_CATEGORY})
    AND ($9::text IS NULL OR p.status = $9)
    AND ($10::text IS NULL OR p.source_id = $10 OR p.posting_id = upper($10)
         OR p.driver_id = ANY (ARRAY(SELECT d.id FROM drivers d WHERE d.search_terms @@ search_query($10))))`;

const SORTS: Readonly<Record<PaymentListInput['sort_by'], string>> = {
  posted_at: 'p.posted_at',
  received_on: dayOfMoney('p', '$11'),
  amount: 'p.amount',
};

/** Lists the postings of received money: payments and recoveries (docs/figures.md, "Received"). */
@Injectable()
export class PaymentQuery {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  list(query: PaymentListInput): Promise<Page<PaymentListItemView>> {
    return selectPage<PaymentListItemView>(this.dataSource, this.listSql(query), query);
  }

  /** The SQL of the list, without paging. */
  listSql(query: Unpaged<PaymentListInput>): PagedSql {
    return {
      select: SELECT,
      keySource: { from: `FROM ledger_postings p ${FILTERS}`, key: 'p.id' },
      from: FROM + OWNERS + FILTERS,
      orderBy: `${SORTS[query.sort_by]} ${query.sort_order}, p.id ${query.sort_order}`,
      parameters: [
        query.driver_id,
        query.lease_id,
        query.method,
        query.source_type,
        query.received_from,
        query.received_to,
        query.posted_by,
        query.category,
        query.status,
        query.q,
        this.clock.timeZone,
      ],
    };
  }
}
