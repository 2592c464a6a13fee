import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { Money } from '../../../../kernel/money/money.js';
import { Percentage } from '../../../../kernel/money/percentage.js';
import { Changes } from '../../../../platform/changes/changes.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { IfMatch } from '../../../../platform/http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { UserQueryService } from '../../../users/index.js';
import { CurrentWeekPostingService } from '../../posting/current-week-posting.service.js';
import { approvedStartWeek, checkApproval } from './loan-approval.js';
import { planLoan } from '../../schedule/loan-schedule.js';
import type { DriverLoan } from '../../loan/driver-loan.entity.js';

import { LoanAccountService } from '../../loan/loan-account.service.js';
import { LoanExposureService } from '../../exposure/loan-exposure.service.js';
import { LoanLogService } from '../../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../../monitoring/loan-metrics.service.js';
import { LoanQuoteService } from '../loan-quote.service.js';
import { LoanQueryService } from '../../overview/loan-query.service.js';
import { InstallmentRepository } from '../../schedule/installment.repository.js';
import { LoanVersionRepository } from '../../schedule/loan-version.repository.js';
import { LoanRepository } from '../../loan/loan.repository.js';
import type { ApproveLoanInput } from '../origination.input.js';
import type { ChangedLoanView } from '../../overview/loan.view.js';

/** A second person makes a draft loan active (docs/domain.md, "Approval"). */
@Injectable()
export class LoanApprovalService {
  constructor(
    private readonly clock: Clock,
    private readonly users: UserQueryService,
    private readonly changes: Changes,
    private readonly planning: LoanQuoteService,
    private readonly accounts: LoanAccountService,
    private readonly exposure: LoanExposureService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly versions: LoanVersionRepository,
    private readonly currentWeek: CurrentWeekPostingService,
    private readonly queries: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly log: LoanLogService,
  ) {}

  approve(
    actor: Actor,
    loanId: string,
    input: ApproveLoanInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<ChangedLoanView> {
    return this.changes.update(actor, {
      action: 'loan.approve',
      record: this.queries,
      id: loanId,
      ifMatch,
      request,
      dryRun: input.dry_run,
      lock: (tx) => this.accounts.lockForChange(tx, loanId),
      work: (tx, loan) => this.activate(tx, actor, loan, input),
      committed: (loan) => {
        this.metrics.installmentsPosted(loan.installments.filter((part) => part.posted_to_ledger).length);
        this.log.approved(loan);
      },
    });
  }

  private async activate(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    { reason = 'Approved', start_week }: ApproveLoanInput,
  ): Promise<void> {
    const { loanId } = loan;
    await this.planning.checkBorrowers(tx, [{ driver_id: loan.driverId, lease_id: loan.leaseId }]);
    checkApproval(loan, actor.userId);
    await this.checkIndependence(loan, actor);
    await this.exposure.check(tx, [{ driverId: loan.driverId, amount: Money.of(loan.loanAmount) }]);
    const startWeek = approvedStartWeek(start_week, loan.startWeek, this.clock.today());
    const change = { reason, by: actor.userId, at: this.clock.now() };
    await this.plan(tx, loan, startWeek, change.at);
    await this.loans.update(tx, loanId, {
      status: 'ACTIVE',
      outstandingBalance: loan.loanAmount,
      approvedBy: actor.userId,
      approvedOn: change.at,
      updatedOn: change.at,
    });
    await this.loans.recordStatusChange(tx, { loanId, from: loan.status, to: 'ACTIVE', ...change });
    await this.versions.record(tx, [loanId], { change: 'APPROVED', ...change });
    await this.currentWeek.post(tx, actor, [loanId], [loan.driverId]);
  }

  /** Throws APPROVER_NOT_INDEPENDENT. A draft of 0.1 that was imported on the command line has no creator. */
  private async checkIndependence({ loanId, createdBy }: DriverLoan, { userId }: Actor): Promise<void> {
    if (createdBy === null || userId === null) return;
    if (!(await this.users.mayBeOnePerson(createdBy, userId, this.clock.now()))) return;
    throw new DomainError(
      'APPROVER_NOT_INDEPENDENT',
      `You cannot approve ${loanId}: its creator made your account, or one of you chose a password of the other in ` +
        'the last 30 days. Ask another colleague.',
    );
  }

  /** The loan date is today: interest accrues from today, not from the day of the draft. */
  private async plan(tx: Tx, loan: DriverLoan, startWeek: CalendarDate, at: Date): Promise<void> {
    const loanDate = this.clock.today();
    const { installments, endWeek } = planLoan({
      amount: Money.of(loan.loanAmount),
      annualRate: Percentage.of(loan.interestRate),
      loanDate,
      startWeek,
    });
    await this.installments.move(tx, loan.loanId, installments, at);
    await this.loans.update(tx, loan.loanId, {
      loanDate,
      interestAccruedThrough: loanDate,
      startWeek,
      endWeek,
    });
  }
}
