import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { requirePermissions } from '../../../kernel/access/required-permissions.js';
import type { PaymentWeek } from '../../../kernel/calendar/payment-week.js';
import { isSunday, nearestSundays, weekOf, weeksAfter } from '../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import { IfMatch, requireMatch } from '../../../platform/http/entity-tag/entity-tag.js';
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
import type { ChangedLoanView, LoanDetailView } from '../overview/loan.view.js';
import { PostingLockRepository } from '../loan/posting-lock.repository.js';

type StatusChange = Omit<ScheduleChange, 'act'>;

/** The loan after the change, and how many of its installments the change posted. */
interface TakenChange {
  readonly loan: LoanDetailView;
  readonly posted: number;
}

/** Takes a loan by hand from one status to another: hold, resume, cancel. */
@Injectable()
export class LoanStatusService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly accounts: LoanAccountService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly balances: LoanBalanceRepository,
    private readonly versions: LoanVersionRepository,
    private readonly currentWeek: CurrentWeekPostingService,
    private readonly postingLock: PostingLockRepository,
    private readonly reading: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly audit: AuditLog,
    private readonly log: LoanLogService,
  ) {}

  async change(
    actor: Actor,
    loanId: string,
    dto: ChangeLoanStatusInput,
    ifMatch?: IfMatch,
  ): Promise<ChangedLoanView> {
    if (dto.status !== 'ACTIVE' && (dto.resume_week !== undefined || dto.waive_interest !== undefined)) {
      throw new DomainError(
        'VALIDATION_FAILED',
        'A resume week and a waiver go with the status ACTIVE only.',
      );
    }
    let posted = 0;
    const loan = await this.transactions.runOnceOrDryRun({ dryRun: dto.dry_run }, async (tx) => {
      const taken = await this.applyStatusChange(tx, actor, loanId, dto, ifMatch);
      posted = taken.posted;
      return taken.loan;
    });
    if (loan.dry_run) return loan;
    this.metrics.installmentsPosted(posted);
    this.log.statusChanged(loan);
    return loan;
  }

  private async applyStatusChange(
    tx: Tx,
    actor: Actor,
    loanId: string,
    dto: ChangeLoanStatusInput,
    ifMatch: IfMatch | undefined,
  ): Promise<TakenChange> {
    await this.postingLock.acquire(tx);
    const loan = await this.accounts.lock(tx, loanId);
    const before = await this.reading.getLoan(loanId, tx);
    requireMatch(ifMatch, before);
    checkStatusChange(loan.status, dto.status);
    const change = { reason: dto.reason, by: actor.userId, at: this.clock.now() };
    if (dto.status === 'CANCELLED') await this.cancel(tx, actor, loan);
    if (dto.status === 'ACTIVE') await this.resume(tx, loan, dto, change);
    await this.loans.update(tx, loanId, {
      status: dto.status,
      // a cancelled loan owes nothing, and had nothing paid on it
      ...(dto.status === 'CANCELLED' && { outstandingBalance: '0.00' }),
      updatedOn: change.at,
    });
    await this.loans.recordStatusChange(tx, { loanId, from: loan.status, to: dto.status, ...change });
    const posted =
      dto.status === 'ACTIVE' ? await this.currentWeek.post(tx, actor, [loanId], [loan.driverId]) : 0;
    const after = await this.reading.getLoan(loanId, tx);
    await this.audit.record(tx, actor, {
      action: 'loan.status',
      recordType: 'loan',
      recordId: loanId,
      before,
      after,
    });
    return { loan: after, posted };
  }

  private async cancel(tx: Tx, actor: Actor, loan: DriverLoan): Promise<void> {
    const { postedCount } = await this.installments.postingState(tx, loan.loanId);
    if (postedCount > 0) {
      throw new DomainError(
        'LOAN_HAS_POSTED_INSTALLMENTS',
        `${loan.loanId} cannot be cancelled while ${postedCount} of its installments stand in the ledger.`,
      );
    }
    const wasPosted = await this.balances.wasPosted(tx, loan.loanId);
    // a resume may have moved the first week
    const firstWeek = (await this.versions.earliestDueDate(tx, loan.loanId)) ?? loan.startWeek;
    const cancelled = { status: loan.status, firstWeek, wasPosted };
    requirePermissions(actor, permissionsToCancel(cancelled, this.clock.today()));
    await this.installments.skipUnposted(tx, loan.loanId, this.clock.now());
  }

  /** Moves the unposted installments to consecutive weeks: the missed ones are never dumped on the driver at once. */
  private async resume(
    tx: Tx,
    loan: DriverLoan,
    dto: ChangeLoanStatusInput,
    change: StatusChange,
  ): Promise<void> {
    const { loanId } = loan;
    const { unposted, lastPostedDueDate } = await this.installments.postingState(tx, loanId);
    const firstWeek = this.resumeWeek(dto) ?? defaultResumeWeek(unposted, this.clock.currentWeek());
    if (unposted.length === 0) return;
    if (lastPostedDueDate !== null && firstWeek.end <= lastPostedDueDate) {
      const sentence = `${loanId} is posted until ${lastPostedDueDate}; it resumes in a later week.`;
      throw new DomainError('RESUME_WEEK_INVALID', sentence, [{ field: 'resume_week', message: sentence }]);
    }
    const { installments, waiver } = planResume({
      unposted,
      annualRate: Percentage.of(loan.interestRate),
      accruedThrough: loan.interestAccruedThrough,
      firstWeek,
      waiveInterest: dto.waive_interest ?? false,
    });
    await this.installments.move(tx, loanId, installments, change.at);
    if (waiver) await this.versions.waive(tx, loanId, waiver, change);
    await this.loans.followInstallments(tx, [loanId], change.at);
    await this.versions.record(tx, [loanId], { act: 'RESUMED', ...change });
  }

  /** The week that is asked for. Throws RESUME_WEEK_INVALID. */
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
      refuse(`The resume week lies from ${current.start} to ${last}, and ${resume_week} does not.`);
    }
    return weekOf(resume_week);
  }
}
