import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { isSunday, nearestSundays, weekOf, weeksAfter } from '../../kernel/calendar/payment-week.js';
import { Clock } from '../../kernel/clock/clock.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { Percentage } from '../../kernel/money/percentage.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../platform/database/transactions.js';
import { IfMatch, requireMatch } from '../../platform/http/entity-tag.js';
import { accrualStartOfResume, planWeeks } from './domain/loan-schedule.js';
import { checkStatusChange } from './domain/loan-status.js';
import { MAX_WEEKS_AHEAD } from './domain/loan-terms.js';
import type { DriverLoan } from './entities/driver-loan.entity.js';
import type { ChangeLoanStatusDto } from './http/dto/change-loan-status.dto.js';
import type { LoanDetailResponse } from './http/loan.response.js';
import { LoanLog } from './loan-log.js';
import { LoanReadingService } from './loan-reading.service.js';
import { InstallmentPostingRepository } from './repositories/installment-posting.repository.js';
import { InstallmentRepository } from './repositories/installment.repository.js';
import { LoanRepository } from './repositories/loan.repository.js';

/** Takes a loan by hand from one status to another: hold, resume, cancel. */
@Injectable()
export class LoanStatusService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly posting: InstallmentPostingRepository,
    private readonly reading: LoanReadingService,
    private readonly audit: AuditLog,
    private readonly log: LoanLog,
  ) {}

  async change(
    actor: Actor,
    loanId: string,
    dto: ChangeLoanStatusDto,
    ifMatch?: IfMatch,
  ): Promise<LoanDetailResponse> {
    if (dto.status !== 'ACTIVE' && (dto.resume_week !== undefined || dto.waive_interest !== undefined)) {
      throw new DomainError(
        'VALIDATION_FAILED',
        'A resume week and a waiver go with the status ACTIVE only.',
      );
    }
    const unit = (tx: Tx): Promise<LoanDetailResponse> => this.take(tx, actor, loanId, dto, ifMatch);
    if (dto.dry_run) return this.transactions.rehearse(unit);
    const loan = await this.transactions.run(unit);
    this.log.statusChanged(loan);
    return loan;
  }

  private async take(
    tx: Tx,
    actor: Actor,
    loanId: string,
    dto: ChangeLoanStatusDto,
    ifMatch: IfMatch | undefined,
  ): Promise<LoanDetailResponse> {
    await this.posting.lockGate(tx);
    const loan = await this.loans.lock(tx, loanId);
    const before = await this.reading.getLoan(loanId, tx);
    requireMatch(ifMatch, before);
    checkStatusChange(loan.status, dto.status);
    if (dto.status === 'CANCELLED') await this.cancel(tx, loan);
    if (dto.status === 'ACTIVE') await this.resume(tx, loan, dto);
    const at = this.clock.now();
    await this.loans.update(tx, loanId, { status: dto.status, updatedOn: at });
    await this.loans.recordStatusChange(tx, {
      loanId,
      from: loan.status,
      to: dto.status,
      reason: dto.reason,
      by: actor.userId,
      at,
    });
    const after = await this.reading.getLoan(loanId, tx);
    await this.audit.record(tx, actor, {
      action: 'loan.status',
      recordType: 'loan',
      recordId: loanId,
      before,
      after,
    });
    return after;
  }

  private async cancel(tx: Tx, loan: DriverLoan): Promise<void> {
    const { postedCount } = await this.installments.postingState(tx, loan.loanId);
    if (postedCount > 0) {
      throw new DomainError(
        'LOAN_HAS_POSTED_INSTALLMENTS',
        `${loan.loanId} cannot be cancelled while ${postedCount} of its installments stand in the ledger.`,
      );
    }
    await this.installments.skipUnposted(tx, loan.loanId, this.clock.now());
  }

  /** Moves the unposted installments to consecutive weeks: the missed ones are never dumped on the driver at once. */
  private async resume(tx: Tx, loan: DriverLoan, dto: ChangeLoanStatusDto): Promise<void> {
    const resumeWeek = this.resumeWeek(dto);
    const { unposted, lastPostedDueDate } = await this.installments.postingState(tx, loan.loanId);
    if (unposted.length === 0) return;
    const accruedUntil = lastPostedDueDate ?? loan.loanDate;
    if (resumeWeek.end <= accruedUntil) {
      const sentence = `${loan.loanId} is posted until ${accruedUntil}; it resumes in a later week.`;
      throw new DomainError('RESUME_WEEK_INVALID', sentence, [{ field: 'resume_week', message: sentence }]);
    }
    const planned = planWeeks({
      principals: unposted.map(({ principal }) => principal),
      annualRate: Percentage.of(loan.interestRate),
      accruesFrom: accrualStartOfResume({
        resumeWeek,
        accruedUntil,
        waiveInterest: dto.waive_interest ?? false,
      }),
      firstWeek: resumeWeek,
      firstNumber: unposted[0]?.number ?? 1,
    });
    // a voided posting may leave a gap before installments that stand: each keeps its own number
    const moved = planned.map((installment, index) => ({
      ...installment,
      number: unposted[index]?.number ?? installment.number,
    }));
    await this.installments.move(tx, loan.loanId, moved, this.clock.now());
    await this.loans.update(tx, loan.loanId, { endWeek: planned.at(-1)?.week.end ?? loan.endWeek });
  }

  private resumeWeek({ resume_week }: ChangeLoanStatusDto) {
    const current = this.clock.currentWeek();
    if (resume_week === undefined) return weeksAfter(current, 1);
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
