import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { Changes } from '../../../platform/changes/changes.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { SettlementService } from '../../ledger/index.js';
import { CurrentWeekPostingService } from '../posting/current-week-posting.service.js';
import { checkCreator } from './approval/loan-approval.js';
import type { LoanTerms } from './loan-terms.js';
import type { PlannedLoan } from './planned-loan.js';

import { LoanExposureService } from '../exposure/loan-exposure.service.js';
import { LoanLogService } from '../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../monitoring/loan-metrics.service.js';
import { LoanQuoteService } from './loan-quote.service.js';
import { LoanQueryService } from '../overview/loan-query.service.js';
import { InstallmentRepository } from '../schedule/installment.repository.js';
import { LoanVersionRepository } from '../schedule/loan-version.repository.js';
import { LoanRepository } from '../loan/loan.repository.js';
import type { CreateLoanInput } from './origination.input.js';
import type { LoanDetailView } from '../overview/loan.view.js';
import { PostingLockRepository } from '../loan/posting-lock.repository.js';

/** The requested loan with its terms and its schedule. */
export type NewLoanInput = PlannedLoan & {
  readonly input: Pick<CreateLoanInput, 'driver_id' | 'lease_id' | 'purpose' | 'notes'>;
  /** The fleet's own number of an imported loan */
  readonly importReference?: string;
};

@Injectable()
export class LoanCreationService {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly planning: LoanQuoteService,
    private readonly exposure: LoanExposureService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly versions: LoanVersionRepository,
    private readonly currentWeek: CurrentWeekPostingService,
    private readonly postingLock: PostingLockRepository,
    private readonly settlement: SettlementService,
    private readonly queries: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly log: LoanLogService,
  ) {}

  /** Creates the loan with its whole schedule. */
  create(actor: Actor, input: CreateLoanInput, request?: IdempotentRequest): Promise<LoanDetailView> {
    const newLoan = { input, ...this.planning.plan(input) };
    return this.changes.create(actor, {
      action: 'loan.create',
      record: this.queries,
      request,
      work: async (tx) => {
        const [loanId] = await this.insertLoans(tx, actor, [newLoan]);
        if (loanId === undefined) throw new Error('no loan was inserted');
        return loanId;
      },
      committed: (loan) => {
        this.metrics.loanCreated(newLoan.terms.amount);
        this.metrics.installmentsPosted(loan.installments.filter((part) => part.posted_to_ledger).length);
        this.log.created(loan);
      },
    });
  }

  /**
   * As `create`, for many planned loans in the transaction of the caller, who counts them after the commit. It records
   * each loan, and needs as many statements for a thousand loans as for one. Returns the loans in the order of the inputs.
   */
  async createMany(tx: Tx, actor: Actor, newLoans: readonly NewLoanInput[]): Promise<LoanDetailView[]> {
    const created = await this.queries.listByIds(await this.insertLoans(tx, actor, newLoans), tx);
    await this.changes.record(
      tx,
      actor,
      created.map((after) => ({ action: 'loan.create', record: this.queries, id: after.loan_id, after })),
    );
    return created;
  }

  /**
   * Creates many loans by the same rules, all or none, with a few statements in all. It writes no audit entries: the
   * caller records one for all of them.
   */
  async createAll(actor: Actor, inputs: readonly CreateLoanInput[]): Promise<void> {
    const newLoans = inputs.map((input) => ({ input, ...this.planning.plan(input) }));
    await this.transactions.run((tx) => this.insertLoans(tx, actor, newLoans));
    for (const { terms } of newLoans) this.metrics.loanCreated(terms.amount);
  }

  /**
   * Inserts the loans with their schedules and first status changes, and posts installments of weeks whose run is over.
   * Returns the public ids in the order of the inputs.
   */
  private async insertLoans(tx: Tx, actor: Actor, newLoans: readonly NewLoanInput[]): Promise<string[]> {
    await this.postingLock.acquire(tx);
    const drivers = [...new Set(newLoans.map(({ input }) => input.driver_id))];
    await this.settlement.lockAccounts(tx, drivers);
    await this.planning.checkBorrowers(
      tx,
      newLoans.map(({ input }) => input),
    );
    await this.exposure.check(
      tx,
      newLoans.map(({ input, terms }) => ({ driverId: input.driver_id, amount: terms.amount })),
    );
    for (const { terms } of newLoans) this.requireCreator(actor, terms);
    const at = this.clock.now();
    const ids = await this.loans.insertAll(
      tx,
      newLoans.map(({ input, terms, loanDate, plan, importReference = null }) => ({
        driverId: input.driver_id,
        leaseId: input.lease_id,
        loanAmount: terms.amount.toString(),
        interestRate: terms.annualRate.toString(),
        purpose: input.purpose ?? null,
        notes: input.notes ?? null,
        loanDate,
        startWeek: terms.startWeek,
        endWeek: plan.endWeek,
        status: this.firstStatus(terms),
        createdBy: actor.userId,
        createdOn: at,
        importReference,
      })),
    );
    const plans = ids.map((loanId, index) => ({
      loanId,
      installments: newLoans[index]?.plan.installments ?? [],
    }));
    await this.installments.insertPlans(tx, plans, at);
    const ofStatus = (status: 'DRAFT' | 'ACTIVE') =>
      ids.filter((_, index) => newLoans[index] && this.firstStatus(newLoans[index].terms) === status);
    const step = { reason: 'Created', by: actor.userId, at };
    const [drafts, active] = [ofStatus('DRAFT'), ofStatus('ACTIVE')];
    if (drafts.length > 0) {
      await this.loans.recordStatusChanges(tx, drafts, { from: null, to: 'DRAFT', ...step });
    }
    if (active.length > 0) {
      await this.loans.recordStatusChanges(tx, active, { from: null, to: 'ACTIVE', ...step });
      await this.versions.record(tx, active, { change: 'CREATED', ...step });
      await this.currentWeek.post(tx, actor, active, drivers);
    }
    return ids;
  }

  /** Throws CREATOR_REQUIRED if a loan that needs an approval would have no creator. */
  requireCreator({ userId }: Actor, terms: LoanTerms): void {
    checkCreator(this.firstStatus(terms), userId);
  }

  /** A loan above LOAN_APPROVAL_ABOVE, or every loan with LOAN_APPROVAL_REQUIRED, is a DRAFT until its approval. */
  private firstStatus({ amount }: LoanTerms): 'DRAFT' | 'ACTIVE' {
    const { LOAN_APPROVAL_REQUIRED: isAlways, LOAN_APPROVAL_ABOVE: above } = this.config;
    const isNeeded = isAlways || (above !== undefined && amount.isGreaterThan(Money.of(above)));
    return isNeeded ? 'DRAFT' : 'ACTIVE';
  }
}
