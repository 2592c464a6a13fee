import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { Clock } from '../../kernel/clock/clock.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../platform/idempotency/idempotent-request.js';
import type { CreateLoanDto } from './http/dto/create-loan.dto.js';
import type { LoanDetailResponse } from './http/loan.response.js';
import { LoanLog } from './loan-log.js';
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
    private readonly log: LoanLog,
  ) {}

  /** Lends the money: the loan with its whole schedule, or nothing. */
  async create(actor: Actor, dto: CreateLoanDto, request?: IdempotentRequest): Promise<LoanDetailResponse> {
    const { terms, loanDate, plan } = this.planning.plan(dto);
    const now = this.clock.now();
    const status = this.config.LOAN_APPROVAL_REQUIRED ? 'DRAFT' : 'ACTIVE';
    const loan = await this.transactions.runOnce(request, async (tx) => {
      await this.planning.checkBorrower(tx, dto.driver_id, dto.lease_id);
      const id = await this.loans.insert(tx, {
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
        createdOn: now,
      });
      await this.installments.insertPlan(tx, id, terms.annualRate.toString(), plan.installments, now);
      const change = {
        loanId: id,
        from: null,
        to: status,
        reason: 'Created',
        by: actor.userId,
        at: now,
      } as const;
      await this.loans.recordStatusChange(tx, change);
      const created = await this.reading.getLoan(id, tx);
      await this.audit.record(tx, actor, {
        action: 'loan.create',
        recordType: 'loan',
        recordId: id,
        after: created,
      });
      return created;
    });
    if (request?.isReplay) return loan;
    this.metrics.loanCreated(terms.amount);
    this.log.created(loan);
    return loan;
  }
}
