import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { requirePermissions } from '../../../kernel/access/required-permissions.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { isSunday, nearestSundays, weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IfMatch } from '../../../platform/http/entity-tag/entity-tag.js';
import { CurrentWeekPostingService } from '../posting/current-week-posting.service.js';
import { checkStatusChange } from '../loan/loan-status.js';
import { MAX_WEEKS_AHEAD } from '../origination/loan-terms.js';
import { permissionsToCancel } from '../loan/separation-of-duties.js';
import { defaultResumeWeek, planResume } from '../schedule/resume-plan.js';
import type { DriverLoan } from '../loan/driver-loan.entity.js';

import { LoanAccountService } from '../loan/loan-account.service.js';
import { LoanLogService } from '../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../monitoring/loan-metrics.service.js';
import { LoanQueryService } from '../overview/loan-query.service.js';
import { InstallmentRepository } from '../schedule/installment.repository.js';
import { LoanBalanceRepository } from '../repayment/loan-balance.repository.js';
import { LoanVersionRepository, ScheduleChange } from '../schedule/loan-version.repository.js';
import { LoanRepository } from '../loan/loan.repository.js';
import type { ChangeLoanStatusInput } from './servicing.input.js';
import type { ChangedLoanView } from '../overview/loan.view.js';

type StatusChange = Omit<ScheduleChange, 'change'>;

/** Changes the status of a loan on request: hold, resume, cancel. */
@Injectable()
export class LoanStatusService {
  constructor(
    private readonly clock: Clock,
    private readonly changes: Changes,
    private readonly accounts: LoanAccountService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly balances: LoanBalanceRepository,
    private readonly versions: LoanVersionRepository,
    private readonly currentWeek: CurrentWeekPostingService,
    private readonly queries: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly log: LoanLogService,
  ) {}

  change(
    actor: Actor,
    loanId: string,
    input: ChangeLoanStatusInput,
    ifMatch?: IfMatch,
  ): Promise<ChangedLoanView> {
    if (
      input.status !== 'ACTIVE' &&
      (input.resume_week !== undefined || input.waive_interest !== undefined)
    ) {
      throw new DomainError(
        'VALIDATION_FAILED',
        'Send resume_week and waive_interest only with the status ACTIVE.',
      );
    }
    return this.changes.update(actor, {
      action: 'loan.status',
      record: this.queries,
      id: loanId,
      ifMatch,
      dryRun: input.dry_run,
      lock: (tx) => this.accounts.lockForChange(tx, loanId),
      work: (tx, loan) => this.applyStatusChange(tx, actor, loan, input),
      details: { reason: input.reason },
      committed: (loan, posted) => {
        this.metrics.installmentsPosted(posted);
        this.log.statusChanged(loan);
      },
    });
  }

  /** Returns the number of installments that it posted. */
  private async applyStatusChange(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    input: ChangeLoanStatusInput,
  ): Promise<number> {
    const { loanId } = loan;
    checkStatusChange(loan.status, input.status);
    const change = { reason: input.reason, by: actor.userId, at: this.clock.now() };
    if (input.status === 'CANCELLED') await this.cancel(tx, actor, loan);
    if (input.status === 'ACTIVE') await this.resume(tx, loan, input, change);
    await this.loans.update(tx, loanId, {
      status: input.status,
      // a cancelled loan owes nothing, and nothing was paid on it
      ...(input.status === 'CANCELLED' && { outstandingBalance: '0.00' }),
      updatedOn: change.at,
    });
    await this.loans.recordStatusChange(tx, { loanId, from: loan.status, to: input.status, ...change });
    return input.status === 'ACTIVE' ? this.currentWeek.post(tx, actor, [loanId], [loan.driverId]) : 0;
  }

  private async cancel(tx: Tx, actor: Actor, loan: DriverLoan): Promise<void> {
    const { postedCount } = await this.installments.postingState(tx, loan.loanId);
    if (postedCount > 0) {
      throw new DomainError(
        'LOAN_HAS_POSTED_INSTALLMENTS',
        `${loan.loanId} cannot be cancelled while it has posted installments (${postedCount}).`,
      );
    }
    const wasPosted = await this.balances.wasPosted(tx, loan.loanId);
    // a resume may have moved the first week
    const firstWeek = (await this.versions.earliestDueDate(tx, loan.loanId)) ?? loan.startWeek;
    const cancelled = { status: loan.status, firstWeek, wasPosted };
    requirePermissions(actor, permissionsToCancel(cancelled, this.clock.today()));
    await this.installments.skipUnposted(tx, loan.loanId, this.clock.now());
  }

  /** Moves the unposted installments to consecutive weeks, so that the missed ones are never all due at once. */
  private async resume(
    tx: Tx,
    loan: DriverLoan,
    input: ChangeLoanStatusInput,
    change: StatusChange,
  ): Promise<void> {
    const { loanId } = loan;
    const { unposted, lastPostedDueDate } = await this.installments.postingState(tx, loanId);
    const firstWeek = this.resumeWeek(input) ?? defaultResumeWeek(unposted, this.clock.currentWeek());
    if (unposted.length === 0) return;
    if (lastPostedDueDate !== null && firstWeek.end <= lastPostedDueDate) {
      const sentence = `${loanId} is posted until ${lastPostedDueDate}. Resume it in a later week.`;
      throw new DomainError('RESUME_WEEK_INVALID', sentence, [{ field: 'resume_week', message: sentence }]);
    }
    const { installments, waiver } = planResume({
      unposted,
      annualRate: Percentage.of(loan.interestRate),
      accruedThrough: loan.interestAccruedThrough,
      firstWeek,
      waiveInterest: input.waive_interest ?? false,
    });
    await this.installments.move(tx, loanId, installments, change.at);
    if (waiver) await this.versions.waive(tx, loanId, waiver, change);
    await this.loans.recomputeFromInstallments(tx, [loanId], change.at);
    await this.versions.record(tx, [loanId], { change: 'RESUMED', ...change });
  }

  /** The requested week. Throws RESUME_WEEK_INVALID. */
  private resumeWeek({ resume_week }: ChangeLoanStatusInput): PaymentWeek | null {
    const current = this.clock.currentWeek();
    if (resume_week === undefined) return null;
    const refuse = (sentence: string): never => {
      throw new DomainError('RESUME_WEEK_INVALID', sentence, [{ field: 'resume_week', message: sentence }]);
    };
    if (!isSunday(resume_week)) {
      const [before, after] = nearestSundays(resume_week);
      refuse(`${resume_week} is not a Sunday; the nearest Sundays are ${before} and ${after}.`);
    }
    const last = weeksAfter(current, MAX_WEEKS_AHEAD).start;
    if (resume_week < current.start || resume_week > last) {
      refuse(`resume_week must be between ${current.start} and ${last} (got ${resume_week}).`);
    }
    return weekOf(resume_week);
  }
}
