import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
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

/** What was asked for, with what it comes to. */
export type NewLoanInput = PlannedLoan & {
  readonly dto: Pick<CreateLoanInput, 'driver_id' | 'lease_id' | 'purpose' | 'notes'>;
  /** The fleet's own number of a loan that comes by an import */
  readonly importReference?: string;
};

@Injectable()
export class LoanCreationService {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly planning: LoanQuoteService,
    private readonly exposure: LoanExposureService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly versions: LoanVersionRepository,
    private readonly currentWeek: CurrentWeekPostingService,
    private readonly postingLock: PostingLockRepository,
    private readonly settlement: SettlementService,
    private readonly reading: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly log: LoanLogService,
    private readonly audit: AuditLog,
  ) {}

  /** Lends the money: the loan with its whole schedule, or nothing. */
  async create(actor: Actor, dto: CreateLoanInput, request?: IdempotentRequest): Promise<LoanDetailView> {
    const asked = { dto, ...this.planning.plan(dto) };
    const loan = await this.transactions.runIdempotent(request, async (tx) => {
      const [lent] = await this.createMany(tx, actor, [asked]);
      if (!lent) throw new Error('nothing was lent');
      return lent;
    });
    if (request?.isReplay) return loan;
    this.metrics.loanCreated(asked.terms.amount);
    this.metrics.installmentsPosted(loan.installments.filter((part) => part.posted_to_ledger).length);
    this.log.created(loan);
    return loan;
  }

  /**
   * As `create`, for many planned loans and within the transaction of a caller, who counts them once they stand: an entry
   * of the audit log for each, and as many statements for a thousand as for one. Answers the loans in step.
   */
  async createMany(tx: Tx, actor: Actor, asked: readonly NewLoanInput[]): Promise<LoanDetailView[]> {
    const lent = await this.reading.getLoans(await this.insertLoans(tx, actor, asked), tx);
    await this.audit.recordAll(
      tx,
      actor,
      lent.map((after) => ({
        action: 'loan.create',
        recordType: 'loan',
        recordId: after.loan_id,
        after,
      })),
    );
    return lent;
  }

  /**
   * Lends to many at once, by the same rules, and all of them or none: a few statements, however many they are. There is
   * no entry of the audit log for each: whoever lends so much in one act records that act.
   */
  async createAll(actor: Actor, dtos: readonly CreateLoanInput[]): Promise<void> {
    const asked = dtos.map((dto) => ({ dto, ...this.planning.plan(dto) }));
    await this.transactions.run((tx) => this.insertLoans(tx, actor, asked));
    for (const { terms } of asked) this.metrics.loanCreated(terms.amount);
  }

  /**
   * The loans with their schedules and the first step of each one's status; those of a week whose run has been are posted.
   * Answers their public ids, in step.
   */
  private async insertLoans(tx: Tx, actor: Actor, asked: readonly NewLoanInput[]): Promise<string[]> {
    await this.postingLock.acquire(tx);
    const drivers = [...new Set(asked.map(({ dto }) => dto.driver_id))];
    await this.settlement.lockAccounts(tx, drivers);
    await this.planning.checkBorrowers(
      tx,
      asked.map(({ dto }) => dto),
    );
    await this.exposure.check(
      tx,
      asked.map(({ dto, terms }) => ({ driverId: dto.driver_id, amount: terms.amount })),
    );
    for (const { terms } of asked) this.requireCreator(actor, terms);
    const at = this.clock.now();
    const ids = await this.loans.insertAll(
      tx,
      asked.map(({ dto, terms, loanDate, plan, importReference = null }) => ({
        driverId: dto.driver_id,
        leaseId: dto.lease_id,
        loanAmount: terms.amount.toString(),
        interestRate: terms.annualRate.toString(),
        purpose: dto.purpose ?? null,
        notes: dto.notes ?? null,
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
      installments: asked[index]?.plan.installments ?? [],
    }));
    await this.installments.insertPlans(tx, plans, at);
    const ofStatus = (status: 'DRAFT' | 'ACTIVE') =>
      ids.filter((_, index) => asked[index] && this.firstStatus(asked[index].terms) === status);
    const step = { reason: 'Created', by: actor.userId, at };
    const [drafts, lent] = [ofStatus('DRAFT'), ofStatus('ACTIVE')];
    if (drafts.length > 0) {
      await this.loans.recordStatusChanges(tx, drafts, { from: null, to: 'DRAFT', ...step });
    }
    if (lent.length > 0) {
      await this.loans.recordStatusChanges(tx, lent, { from: null, to: 'ACTIVE', ...step });
      await this.versions.record(tx, lent, { act: 'CREATED', ...step });
      await this.currentWeek.post(tx, actor, lent, drivers);
    }
    return ids;
  }

  /** Throws CREATOR_REQUIRED where nobody creates a loan that needs an approval. */
  requireCreator({ userId }: Actor, terms: LoanTerms): void {
    checkCreator(this.firstStatus(terms), userId);
  }

  /** A loan above LOAN_APPROVAL_ABOVE, or any with LOAN_APPROVAL_REQUIRED, waits for its approval as a DRAFT. */
  private firstStatus({ amount }: LoanTerms): 'DRAFT' | 'ACTIVE' {
    const { LOAN_APPROVAL_REQUIRED: isAlways, LOAN_APPROVAL_ABOVE: above } = this.config;
    const isNeeded = isAlways || (above !== undefined && amount.isGreaterThan(Money.of(above)));
    return isNeeded ? 'DRAFT' : 'ACTIVE';
  }
}
