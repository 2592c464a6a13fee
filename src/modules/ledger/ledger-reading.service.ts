import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { Money } from '../../kernel/money/money.js';
import type { Page, PageRequest, SqlRunner } from '../../platform/database/page.js';
import { PAYMENT_ORDER } from './domain/category.js';
import type {
  BalanceDetailResponse,
  BalanceListItem,
  BalanceResponse,
  OpenBalancesResponse,
} from './http/balance.response.js';
import type { AsOfQueryDto } from './http/dto/as-of-query.dto.js';
import type { BalanceListDto } from './http/dto/balance-list.dto.js';
import type { PostingListDto } from './http/dto/posting-list.dto.js';
import type { PostingDetailResponse, PostingListItem } from './http/posting.response.js';
import { AccountQuery } from './queries/account.query.js';
import { BalanceQuery } from './queries/balance.query.js';
import { CreditQuery } from './queries/credit.query.js';
import type { DebtEvent, DebtReferences, DebtTotals } from './queries/debt-event.query.js';
import { DebtEventQuery } from './queries/debt-event.query.js';
import { PostingQuery } from './queries/posting.query.js';

/** All that became of some debts, and where they stand. */
export interface DebtHistory extends DebtTotals {
  readonly events: Page<DebtEvent>;
  readonly balances: BalanceResponse[];
}

/** Postings and balances as they stand now, or stood at an instant. */
@Injectable()
export class LedgerReadingService {
  constructor(
    private readonly postings: PostingQuery,
    private readonly balances: BalanceQuery,
    private readonly accounts: AccountQuery,
    private readonly credits: CreditQuery,
    private readonly events: DebtEventQuery,
  ) {}

  listPostings(query: PostingListDto): Promise<Page<PostingListItem>> {
    return this.postings.list(query);
  }

  async getPosting(postingId: string): Promise<PostingDetailResponse> {
    const posting = await this.postings.findWithAllocations(postingId);
    if (!posting) throw new DomainError('POSTING_NOT_FOUND', `There is no posting ${postingId}.`);
    return posting;
  }

  listBalances(query: BalanceListDto): Promise<Page<BalanceListItem>> {
    return this.balances.list(query);
  }

  /** Within a transaction, pass its Tx to see what it has written. */
  async getBalance(balanceId: string, query: AsOfQueryDto, db?: SqlRunner): Promise<BalanceDetailResponse> {
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

  async openBalances(driverId: number, leaseId: number): Promise<OpenBalancesResponse> {
    if (!(await this.accounts.exists(driverId, leaseId))) {
      throw new DomainError('LEASE_NOT_FOUND', `Driver ${driverId} has no lease ${leaseId}.`);
    }
    const balances = await this.balances.listOpen(driverId, leaseId);
    const owed = (of: readonly BalanceResponse[]) =>
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
