import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Money } from '../../../kernel/money/money.js';
import type { Page, PageRequest, SqlRunner } from '../../../platform/database/page.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { PAYMENT_ORDER } from '../account/category.js';

import { AccountQuery } from '../account/account.query.js';
import { DebtsQuery } from '../account/debts.query.js';
import type { DriverDebtsView } from '../account/debts.view.js';
import { BalanceQuery } from './balance.query.js';
import { postingNotFound } from '../errors.js';
import { CreditQuery } from '../credits/credit.query.js';
import type {
  ObligationEvent,
  ObligationReferences,
  ObligationTotals,
} from '../postings/obligation-event.query.js';
import { ObligationEventQuery } from '../postings/obligation-event.query.js';
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

/** All events of some obligations, and their current balances. */
export interface ObligationHistory extends ObligationTotals {
  readonly events: Page<ObligationEvent>;
  readonly balances: BalanceView[];
}

/** Reads postings and balances, now or at an instant. */
@Injectable()
export class LedgerQueryService {
  constructor(
    private readonly postings: PostingQuery,
    private readonly balances: BalanceQuery,
    private readonly accounts: AccountQuery,
    private readonly debts: DebtsQuery,
    private readonly credits: CreditQuery,
    private readonly events: ObligationEventQuery,
    private readonly transactions: Transactions,
  ) {}

  listPostings(query: PostingListInput): Promise<Page<PostingListItemView>> {
    return this.postings.list(query);
  }

  /** Inside a transaction, pass its Tx to see its own writes. */
  async getPosting(postingId: string, db?: SqlRunner): Promise<PostingDetailView> {
    const posting = await this.postings.findWithAllocations(postingId, db);
    if (!posting) throw postingNotFound(postingId);
    return posting;
  }

  listBalances(query: BalanceListInput): Promise<Page<BalanceListItemView>> {
    return this.balances.list(query);
  }

  /** Inside a transaction, pass its Tx to see its own writes. */
  async getBalance(balanceId: string, query: AsOfInput, db?: SqlRunner): Promise<BalanceDetailView> {
    const asOf = query.as_of ?? null;
    const balance = await this.balances.find(balanceId, db, asOf);
    if (!balance) {
      const atInstant = asOf ? ` as of ${asOf.toISOString()}` : '';
      throw new DomainError('BALANCE_NOT_FOUND', `There is no balance ${balanceId}${atInstant}.`);
    }
    return {
      ...balance,
      allocations: await this.balances.allocationsOf(balanceId, db, asOf),
      disputes: await this.balances.disputesOf(balanceId, db, asOf),
    };
  }

  /** For the module that owns the references. The snapshot keeps events, totals and balances consistent. */
  async obligationHistory(
    snapshot: SqlRunner,
    references: ObligationReferences,
    page: PageRequest & { readonly sort_order: 'asc' | 'desc' },
  ): Promise<ObligationHistory> {
    return {
      events: await this.events.list(snapshot, references, page),
      ...(await this.events.totals(snapshot, references)),
      balances: await this.balances.listOf(snapshot, references),
    };
  }

  /** The debts and the unused credit of a driver over all leases. They are 0.00 for a driver who does not exist. */
  async driverDebts(driverId: number, today: CalendarDate, snapshot: SqlRunner): Promise<DriverDebtsView> {
    return {
      debts: await this.debts.total(driverId, today, snapshot),
      categories: await this.debts.byCategory(driverId, today, snapshot),
      leases: await this.debts.byLease(driverId, today, snapshot),
      unallocated_credit: await this.credits.leftOver(driverId, snapshot),
    };
  }

  async openBalances(driverId: number, leaseId: number): Promise<OpenBalancesView> {
    const [exists, balances, credit] = await this.transactions.readSnapshot((snapshot) =>
      Promise.all([
        this.accounts.exists(driverId, leaseId, snapshot),
        this.balances.listOpen(driverId, leaseId, snapshot),
        this.credits.leftOver(driverId, snapshot),
      ]),
    );
    if (!exists) throw new DomainError('LEASE_NOT_FOUND', `Driver ${driverId} has no lease ${leaseId}.`);
    const owed = (of: readonly BalanceView[]) =>
      Money.sum(of.map((balance) => Money.of(balance.outstanding_balance))).toString();
    const categories = [...new Set([...PAYMENT_ORDER, ...balances.map(({ category }) => category)])];
    return {
      driver_id: driverId,
      lease_id: leaseId,
      outstanding_balance: owed(balances),
      unallocated_credit: credit,
      categories: categories
        .map((category) => ({ category, of: balances.filter((balance) => balance.category === category) }))
        .filter(({ of }) => of.length > 0)
        .map(({ category, of }) => ({ category, open_balances: of.length, outstanding_balance: owed(of) })),
      balances,
    };
  }
}
