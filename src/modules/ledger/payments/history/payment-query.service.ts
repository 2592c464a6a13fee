import { Injectable } from '@nestjs/common';
import { Money } from '../../../../kernel/money/money.js';
import type { Page, SqlRunner } from '../../../../platform/database/page.js';
import { Transactions } from '../../../../platform/database/transactions.js';
import { paymentNotFound } from '../../errors.js';
import { RECEIVED_KINDS } from '../../postings/posting-kind.js';
import { PostingQuery } from '../../postings/posting.query.js';
import type { PostingDetailView } from '../../postings/posting.view.js';
import type { PaymentListInput } from './payment-list.input.js';
import type { PaymentDetailView, PaymentListItemView } from './payment-list.view.js';
import { PaymentQuery } from './payment.query.js';

/** Reads payments and recoveries. */
@Injectable()
export class PaymentQueryService {
  constructor(
    private readonly payments: PaymentQuery,
    private readonly postings: PostingQuery,
    private readonly transactions: Transactions,
  ) {}

  list(query: PaymentListInput): Promise<Page<PaymentListItemView>> {
    return this.payments.list(query);
  }

  /** Throws POSTING_NOT_FOUND, also for a posting that is not money received. */
  async get(postingId: string): Promise<PaymentDetailView> {
    const { allocations, refunded, left_over, ...posting } = await this.transactions.readSnapshot(
      (snapshot) => this.getPosting(postingId, snapshot),
    );
    return {
      posting,
      total_payment: posting.amount,
      total_allocated: Money.sum(
        allocations.map(({ amount_allocated }) => Money.of(amount_allocated)),
      ).toString(),
      refunded,
      left_over,
      allocations,
    };
  }

  /** The payment as a posting. Throws POSTING_NOT_FOUND, also for a posting that is not money received. */
  async getPosting(postingId: string, snapshot: SqlRunner): Promise<PostingDetailView> {
    const posting = await this.postings.findWithAllocations(postingId, snapshot);
    if (!posting || !RECEIVED_KINDS.includes(posting.kind)) throw paymentNotFound(postingId);
    return posting;
  }
}
