import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { Clock } from '../../kernel/clock/clock.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Transactions, Tx } from '../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../platform/idempotency/idempotent-request.js';
import type { PlannedLoan } from './domain/planned-loan.js';
import type { CreateLoanDto } from './http/dto/create-loan.dto.js';
import type { LoanDetailResponse } from './http/loan.response.js';
import { LoanLog } from './loan-log.js';
import { LoanMetrics } from './loan-metrics.js';
import { LoanPlanningService } from './loan-planning.service.js';
import { LoanReadingService } from './loan-reading.service.js';
import { InstallmentRepository } from './repositories/installment.repository.js';
import { LoanRepository } from './repositories/loan.repository.js';

/** What was asked for, with what it comes to. */
type AskedLoan = PlannedLoan & { readonly dto: CreateLoanDto };

@Injectable()
export class LoanCreationService {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly planning: LoanPlanningService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly reading: LoanReadingService,
    private readonly metrics: LoanMetrics,
    private readonly log: LoanLog,
    private readonly audit: AuditLog,
  ) {}

  /** Lends the money: the loan with its whole schedule, or nothing. */
  async create(actor: Actor, dto: CreateLoanDto, request?: IdempotentRequest): Promise<LoanDetailResponse> {
    const asked = { dto, ...this.planning.plan(dto) };
    const loan = await this.transactions.runOnce(request, (tx) => this.lend(tx, actor, asked));
    if (!request?.isReplay) this.announce(asked, loan);
    return loan;
  }

  /** As `create`, of a planned loan and within the transaction of a caller, who announces it once it stands. */
  async lend(tx: Tx, actor: Actor, asked: AskedLoan): Promise<LoanDetailResponse> {
    const [id = ''] = await this.store(tx, actor, [asked]);
    const created = await this.reading.getLoan(id, tx);
    await this.audit.record(tx, actor, {
      action: 'loan.create',
      recordType: 'loan',
      recordId: id,
      after: created,
    });
    return created;
  }

  /** Counts and logs a loan that stands. */
  announce({ terms }: PlannedLoan, loan: LoanDetailResponse): void {
    this.metrics.loanCreated(terms.amount);
    this.log.created(loan);
  }

  /**
   * Lends to many at once, by the same rules, and all of them or none: a few statements, however many they are. There is
   * no entry of the audit log for each: whoever lends so much in one act records that act.
   */
  async createAll(actor: Actor, dtos: readonly CreateLoanDto[]): Promise<void> {
    const asked = dtos.map((dto) => ({ dto, ...this.planning.plan(dto) }));
    await this.transactions.run((tx) => this.store(tx, actor, asked));
    for (const { terms } of asked) this.metrics.loanCreated(terms.amount);
  }

  /** The loans with their schedules and the first step of each one's status. Answers their public ids, in step. */
  private async store(tx: Tx, actor: Actor, asked: readonly AskedLoan[]): Promise<string[]> {
    await this.planning.checkBorrowers(
      tx,
      asked.map(({ dto }) => dto),
    );
    const at = this.clock.now();
    const status = this.config.LOAN_APPROVAL_REQUIRED ? 'DRAFT' : 'ACTIVE';
    const ids = await this.loans.insertAll(
      tx,
      asked.map(({ dto, terms, loanDate, plan }) => ({
        driverId: dto.driver_id,
        leaseId: dto.lease_id,
        loanAmount: terms.amount.toString(),
        interestRate: terms.annualRate.toString(),
        purpose: dto.purpose ?? null,
        notes: dto.notes ?? null,
        loanDate,
        startWeek: terms.startWeek,
        endWeek: plan.endWeek,
        status,
        createdBy: actor.userId,
        createdOn: at,
      })),
    );
    const plans = ids.map((loanId, index) => ({
      loanId,
      installments: asked[index]?.plan.installments ?? [],
    }));
    await this.installments.insertPlans(tx, plans, at);
    const step = { from: null, to: status, reason: 'Created', by: actor.userId, at } as const;
    await this.loans.recordStatusChanges(tx, ids, step);
    return ids;
  }
}
