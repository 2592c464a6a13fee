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
import { LoanMetrics } from './loan-metrics.js';
import { LoanPlanningService } from './loan-planning.service.js';
import { LoanReadingService } from './loan-reading.service.js';
import { InstallmentRepository } from './repositories/installment.repository.js';
import { LoanRepository } from './repositories/loan.repository.js';

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
    private readonly audit: AuditLog,
  ) {}

  /** Lends the money: the loan with its whole schedule, or nothing. */
  async create(actor: Actor, dto: CreateLoanDto, request?: IdempotentRequest): Promise<LoanDetailResponse> {
    const planned = this.planning.plan(dto);
    const loan = await this.transactions.runOnce(request, async (tx) => {
      await this.planning.checkBorrower(tx, dto.driver_id, dto.lease_id);
      return this.lend(tx, actor, dto, planned);
    });
    if (!request?.isReplay) this.metrics.loanCreated(planned.terms.amount);
    return loan;
  }

  /**
   * Writes a loan whose terms are planned and whose borrower is checked, within the transaction of a caller, who counts
   * it once it stands.
   * @param importReference the fleet's own number of a loan that comes by an import
   */
  async lend(
    tx: Tx,
    actor: Actor,
    asked: Pick<CreateLoanDto, 'driver_id' | 'lease_id' | 'purpose' | 'notes'>,
    { terms, loanDate, plan }: PlannedLoan,
    importReference: string | null = null,
  ): Promise<LoanDetailResponse> {
    const now = this.clock.now();
    const status = this.config.LOAN_APPROVAL_REQUIRED ? 'DRAFT' : 'ACTIVE';
    const id = await this.loans.insert(tx, {
      driverId: asked.driver_id,
      leaseId: asked.lease_id,
      loanAmount: terms.amount.toString(),
      interestRate: terms.annualRate.toString(),
      purpose: asked.purpose ?? null,
      notes: asked.notes ?? null,
      loanDate,
      startWeek: terms.startWeek,
      endWeek: plan.endWeek,
      status,
      createdBy: actor.userId,
      createdOn: now,
      importReference,
    });
    await this.installments.insertPlan(tx, id, terms.annualRate.toString(), plan.installments, now);
    await this.loans.recordStatusChange(tx, {
      loanId: id,
      from: null,
      to: status,
      reason: 'Created',
      by: actor.userId,
      at: now,
    });
    const created = await this.reading.getLoan(id, tx);
    await this.audit.record(tx, actor, {
      action: 'loan.create',
      recordType: 'loan',
      recordId: id,
      after: created,
    });
    return created;
  }
}
