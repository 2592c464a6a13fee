import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { AuditLog } from '../../../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { CreditApplicationService, PostingVoidService } from '../../../ledger/index.js';
import { CurrentWeekPostingService } from '../../posting/current-week-posting.service.js';
import { checkOpen } from '../../loan/loan-status.js';
import { checkNotWrittenOff } from '../write-off/write-off.js';

import { LoanAccountService } from '../../loan/loan-account.service.js';
import { LoanLogService } from '../../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../../monitoring/loan-metrics.service.js';
import { LoanQueryService } from '../../overview/loan-query.service.js';
import { InstallmentRepository } from '../../schedule/installment.repository.js';
import { LoanBalanceRepository } from '../../repayment/loan-balance.repository.js';
import { LoanVersionRepository, ScheduleChange } from '../../schedule/loan-version.repository.js';
import { LoanRepository } from '../../loan/loan.repository.js';
import { PayoffRepository, RecordedPayoff } from './payoff.repository.js';
import type { UndoPayoffInput } from './payoff.input.js';
import type { UndonePayoffView } from './payoff.view.js';
import { PostingLockRepository } from '../../loan/posting-lock.repository.js';

/** The answer of an undo, and how many installments of the current week it posted. */
interface RestoredLoan {
  readonly answer: Omit<UndonePayoffView, 'dry_run'>;
  readonly posted: number;
}

/** Undoes a payoff as a whole: the schedule that it replaced is in force again (docs/domain.md, "Payoff"). */
@Injectable()
export class PayoffUndoService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly accounts: LoanAccountService,
    private readonly voids: PostingVoidService,
    private readonly credits: CreditApplicationService,
    private readonly currentWeek: CurrentWeekPostingService,
    private readonly postingLock: PostingLockRepository,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly balances: LoanBalanceRepository,
    private readonly versions: LoanVersionRepository,
    private readonly payoffs: PayoffRepository,
    private readonly reading: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly audit: AuditLog,
    private readonly log: LoanLogService,
  ) {}

  /**
   * Throws LOAN_NOT_FOUND, LOAN_NOT_OPEN, LOAN_ALREADY_WRITTEN_OFF, PAYOFF_NOT_UNDOABLE, and what refuses a void of the
   * payoff's payment or installment, such as BALANCE_HAS_PAYMENTS where other money paid it.
   */
  async undo(
    actor: Actor,
    loanId: string,
    dto: UndoPayoffInput,
    request?: IdempotentRequest,
  ): Promise<UndonePayoffView> {
    let posted = 0;
    const answer = await this.transactions.runOnceOrDryRun({ dryRun: dto.dry_run, request }, async (tx) => {
      const restored = await this.restore(tx, actor, loanId, dto.reason);
      posted = restored.posted;
      return restored.answer;
    });
    if (answer.dry_run || request?.isReplay) return answer;
    this.metrics.installmentsPosted(posted);
    this.log.payoffUndone(answer.loan);
    return answer;
  }

  private async restore(tx: Tx, actor: Actor, loanId: string, reason: string): Promise<RestoredLoan> {
    await this.postingLock.acquire(tx);
    const loan = await this.accounts.lock(tx, loanId);
    if (loan.status !== 'CLOSED') checkOpen(loan);
    checkNotWrittenOff(loanId, await this.balances.findWriteOff(tx, loanId));
    const payoff = await this.payoffs.findLatest(tx, loanId);
    if (!payoff) {
      throw new DomainError(
        'PAYOFF_NOT_UNDOABLE',
        `The schedule of ${loanId} was not made by a payoff, so there is no payoff to undo.`,
      );
    }
    const before = await this.reading.getLoan(loanId, tx);
    const { payment, debit } = await this.payoffs.findActivePostings(tx, payoff);
    // the payment first: a debt is voided only while nothing is paid on it
    const voided = [payment, debit].filter((postingId) => postingId !== null);
    for (const postingId of voided) await this.voids.reverse(tx, actor, postingId, reason);
    await this.restoreSchedule(tx, payoff, { reason, by: actor.userId, at: this.clock.now() });
    const due = payoff.loanStatus === 'ACTIVE' ? [loanId] : [];
    const posted = await this.currentWeek.post(tx, actor, due, [loan.driverId]);
    await this.credits.apply(tx, [loan.driverId]);
    const after = await this.reading.getLoan(loanId, tx);
    await this.audit.record(tx, actor, {
      action: 'loan.undo-payoff',
      recordType: 'loan',
      recordId: loanId,
      before,
      after: { ...after, reason },
    });
    return { answer: { voided_posting_ids: voided, loan: after }, posted };
  }

  private async restoreSchedule(
    tx: Tx,
    payoff: RecordedPayoff,
    change: Omit<ScheduleChange, 'act'>,
  ): Promise<void> {
    const { loanId, loanStatus, interestAccruedThrough } = payoff;
    await this.installments.restoreReplaced(tx, payoff, change.at);
    const { status } = await this.loans.lock(tx, loanId);
    await this.loans.update(tx, loanId, {
      status: loanStatus,
      closedOn: null,
      closureReason: null,
      interestAccruedThrough,
      updatedOn: change.at,
    });
    if (status !== loanStatus) {
      await this.loans.recordStatusChange(tx, { loanId, from: status, to: loanStatus, ...change });
    }
    await this.loans.followInstallments(tx, [loanId], change.at);
    await this.versions.record(tx, [loanId], { act: 'PAYOFF_UNDONE', ...change });
  }
}
