import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import type { Page, PageRequest, SqlRunner } from '../../../platform/database/page.js';
import { PAYMENT_ORDER } from '../account/category.js';

import { AccountQuery } from '../account/account.query.js';
import { BalanceQuery } from './balance.query.js';
import { CreditQuery } from '../credits/credit.query.js';
import type { DebtEvent, DebtReferences, DebtTotals } from '../postings/debt-event.query.js';
import { DebtEventQuery } from '../postings/debt-event.query.js';
import { PostingQuery } from '../postings/posting.query.js';
import type {
  BalanceDetailView,
  BalanceListItemView,
  BalanceView,
  OpenBalancesView,
} from './balance.view.js';
import type { AsOfInput, BalanceListInput } from './balance.input.js';
import type { PostingListInput } from '../postings/posting.input.js';
import type { PostingDetailView, PostingListItemView } from '../postings/posting.view.js';

/** All that became of some debts, and where they stand. */
export interface DebtHistory extends DebtTotals {
  readonly events: Page<DebtEvent>;
  readonly balances: BalanceView[];
}

/** Postings and balances as they stand now, or stood at an instant. */
@Injectable()
export class LedgerQueryService {
  constructor(
    private readonly postings: PostingQuery,
    private readonly balances: BalanceQuery,
    private readonly accounts: AccountQuery,
    private readonly credits: CreditQuery,
    private readonly events: DebtEventQuery,
  ) {}

  listPostings(query: PostingListInput): Promise<Page<PostingListItemView>> {
    return this.postings.list(query);
  }

  async getPosting(postingId: string): Promise<PostingDetailView> {
    const posting = await this.postings.findWithAllocations(postingId);
    if (!posting) throw new DomainError('POSTING_NOT_FOUND', `There is no posting ${postingId}.`);
    return posting;
  }

  listBalances(query: BalanceListInput): Promise<Page<BalanceListItemView>> {
    return this.balances.list(query);
  }

  /** Within a transaction, pass its Tx to see what it has written. */
  async getBalance(balanceId: string, query: AsOfInput, db?: SqlRunner): Promise<BalanceDetailView> {
    const asOf = query.as_of ?? null;
    const balance = await this.balances.find(balanceId, db, asOf);
    if (!balance) {
      const then = asOf ? ` as of ${asOf.toISOString()}` : '';
      throw new DomainError('BALANCE_NOT_FOUND', `There is no balance ${balanceId}${then}.`);
    }
    return {
      ...balance,
      allocations: await this.balances.allocationsOf(balanceId, db, asOf),
      disputes: await this.balances.disputesOf(balanceId, db, asOf),
    };
  }

  /** Whoever owns the references asks for them, within a snapshot that holds the answer together. */
  async debtHistory(
    snapshot: SqlRunner,
    references: DebtReferences,
    page: PageRequest & { readonly sort_order: 'asc' | 'desc' },
  ): Promise<DebtHistory> {
    return {
      events: await this.events.list(snapshot, references, page),
      ...(await this.events.totals(snapshot, references)),
      balances: await this.balances.listOf(snapshot, references),
    };
  }

  async openBalances(driverId: number, leaseId: number): Promise<OpenBalancesView> {
    if (!(await this.accounts.exists(driverId, leaseId))) {
      throw new DomainError('LEASE_NOT_FOUND', `Driver ${driverId} has no lease ${leaseId}.`);
    }
    const balances = await this.balances.listOpen(driverId, leaseId);
    const owed = (of: readonly BalanceView[]) =>
      Money.sum(of.map((balance) => Money.of(balance.outstanding_balance))).toString();
    const categories = [...new Set([...PAYMENT_ORDER, ...balances.map(({ category }) => category)])];
    return {
      driver_id: driverId,
      lease_id: leaseId,
      outstanding_balance: owed(balances),
      unallocated_credit: await this.credits.leftOver(driverId),
      categories: categories
        .map((category) => ({ category, of: balances.filter((balance) => balance.category === category) }))
        .filter(({ of }) => of.length > 0)
        .map(({ category, of }) => ({ category, open_balances: of.length, outstanding_balance: owed(of) })),
      balances,
    };
  }
}
