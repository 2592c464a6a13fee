import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { Clock } from '../../kernel/clock/clock.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../platform/idempotency/idempotent-request.js';
import { checkApproval } from './domain/loan-approval.js';
import type { ApproveLoanDto } from './http/dto/approve-loan.dto.js';
import type { LoanDetailResponse } from './http/loan.response.js';
import { LoanLog } from './loan-log.js';
import { LoanPlanningService } from './loan-planning.service.js';
import { LoanReadingService } from './loan-reading.service.js';
import { InstallmentPostingRepository } from './repositories/installment-posting.repository.js';
import { LoanRepository } from './repositories/loan.repository.js';

/** Lets a second pair of eyes turn a draft into a loan (domain.md, "Approval"). */
@Injectable()
export class LoanApprovalService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly planning: LoanPlanningService,
    private readonly loans: LoanRepository,
    private readonly posting: InstallmentPostingRepository,
    private readonly reading: LoanReadingService,
    private readonly audit: AuditLog,
    private readonly log: LoanLog,
  ) {}

  async approve(
    actor: Actor,
    loanId: string,
    dto: ApproveLoanDto,
    request?: IdempotentRequest,
  ): Promise<LoanDetailResponse> {
    const unit = (tx: Tx): Promise<LoanDetailResponse> => this.activate(tx, actor, loanId, dto);
    if (dto.dry_run) return this.transactions.rehearse(unit);
    const loan = await this.transactions.runOnce(request, unit);
    if (!request?.isReplay) this.log.approved(loan);
    return loan;
  }

  private async activate(
    tx: Tx,
    actor: Actor,
    loanId: string,
    { reason = 'Approved' }: ApproveLoanDto,
  ): Promise<LoanDetailResponse> {
    await this.posting.lockGate(tx);
    const { driverId, leaseId } = await this.loans.get(tx, loanId);
    await this.planning.checkBorrowers(tx, [{ driver_id: driverId, lease_id: leaseId }]);
    const loan = await this.loans.lock(tx, loanId);
    const before = await this.reading.getLoan(loanId, tx);
    checkApproval(loan, actor.userId, this.clock.today());
    const at = this.clock.now();
    await this.loans.update(tx, loanId, {
      status: 'ACTIVE',
      approvedBy: actor.userId,
      approvedOn: at,
      updatedOn: at,
    });
    await this.loans.recordStatusChange(tx, {
      loanId,
      from: loan.status,
      to: 'ACTIVE',
      reason,
      by: actor.userId,
      at,
    });
    const after = await this.reading.getLoan(loanId, tx);
    await this.audit.record(tx, actor, {
      action: 'loan.approve',
      recordType: 'loan',
      recordId: loanId,
      before,
      after,
    });
    return after;
  }
}
