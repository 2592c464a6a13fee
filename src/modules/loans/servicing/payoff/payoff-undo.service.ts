import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { Changes } from '../../../../platform/changes/changes.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { IfMatch } from '../../../../platform/http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { CreditApplicationService, PostingVoidService } from '../../../ledger/index.js';
import { CurrentWeekPostingService } from '../../posting/current-week-posting.service.js';
import { checkOpen } from '../../loan/loan-status.js';
import { checkNotWrittenOff } from '../write-off/write-off.js';

import type { DriverLoan } from '../../loan/driver-loan.entity.js';
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

interface RestoredLoan {
  readonly voidedPostingIds: readonly string[];
  /** Number of installments of the current week that were posted */
  readonly posted: number;
}

/** Undoes a payoff as a whole: the schedule that it replaced is in force again (docs/domain.md, "Payoff"). */
@Injectable()
export class PayoffUndoService {
  constructor(
    private readonly clock: Clock,
    private readonly changes: Changes,
    private readonly accounts: LoanAccountService,
    private readonly voids: PostingVoidService,
    private readonly credits: CreditApplicationService,
    private readonly currentWeek: CurrentWeekPostingService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly balances: LoanBalanceRepository,
    private readonly versions: LoanVersionRepository,
    private readonly payoffs: PayoffRepository,
    private readonly queries: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly log: LoanLogService,
  ) {}

  /**
   * Throws LOAN_NOT_FOUND, LOAN_NOT_OPEN, LOAN_ALREADY_WRITTEN_OFF, PAYOFF_NOT_UNDOABLE, and the errors of a void of the
   * payoff's payment or installment, such as BALANCE_HAS_PAYMENTS if another payment paid it.
   */
  undo(
    actor: Actor,
    loanId: string,
    input: UndoPayoffInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<UndonePayoffView> {
    return this.changes.update(actor, {
      action: 'loan.undo-payoff',
      record: this.queries,
      id: loanId,
      ifMatch,
      request,
      dryRun: input.dry_run,
      lock: (tx) => this.accounts.lockForChange(tx, loanId),
      work: (tx, loan) => this.restore(tx, actor, loan, input.reason),
      details: { reason: input.reason },
      answer: (loan, { voidedPostingIds }) => ({ voided_posting_ids: [...voidedPostingIds], loan }),
      committed: (answer, { posted }) => {
        this.metrics.installmentsPosted(posted);
        this.log.payoffUndone(answer.loan);
      },
    });
  }

  private async restore(tx: Tx, actor: Actor, loan: DriverLoan, reason: string): Promise<RestoredLoan> {
    const { loanId } = loan;
    if (loan.status !== 'CLOSED') checkOpen(loan);
    checkNotWrittenOff(loanId, await this.balances.findWriteOff(tx, loanId));
    const payoff = await this.payoffs.findLatest(tx, loanId);
    if (!payoff) {
      throw new DomainError(
        'PAYOFF_NOT_UNDOABLE',
        `The schedule of ${loanId} was not made by a payoff, so there is no payoff to undo.`,
      );
    }
    const { payment, debit } = await this.payoffs.findActivePostings(tx, payoff);
    // the payment first: an obligation is voided only while nothing is paid on it
    const voidedPostingIds = [payment, debit].filter((postingId) => postingId !== null);
    for (const postingId of voidedPostingIds) await this.voids.reverse(tx, actor, postingId, reason);
    await this.restoreSchedule(tx, payoff, { reason, by: actor.userId, at: this.clock.now() });
    const due = payoff.loanStatus === 'ACTIVE' ? [loanId] : [];
    const posted = await this.currentWeek.post(tx, actor, due, [loan.driverId]);
    await this.credits.apply(tx, [loan.driverId]);
    return { voidedPostingIds, posted };
  }

  private async restoreSchedule(
    tx: Tx,
    payoff: RecordedPayoff,
    change: Omit<ScheduleChange, 'change'>,
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
    await this.loans.recomputeFromInstallments(tx, [loanId], change.at);
    await this.versions.record(tx, [loanId], { change: 'PAYOFF_UNDONE', ...change });
  }
}
