import { Injectable, Logger } from '@nestjs/common';

import type { PostingTrigger } from '../posting-runs/posting-run-status.js';
import type { PostingError, NewPostingRun } from '../posting-runs/posting-run.repository.js';
import type { LoanDetailView } from '../overview/loan.view.js';
import type { PostingResultView } from '../posting-runs/posting-run.view.js';

type StartedRun = Pick<NewPostingRun, 'trigger' | 'scope' | 'dryRun'> & { readonly id: number };

/** The name of the logger. Its lines are also written to loans.log. */
export const LOANS_CONTEXT = 'loans';

/**
 * Logs each committed change of a loan and each event of a posting run. It logs only ids and amounts: no names, and no
 * purpose, notes or reason, because people write names in them.
 */
@Injectable()
export class LoanLogService {
  private readonly logger = new Logger(LOANS_CONTEXT);

  created(loan: LoanDetailView): void {
    this.write('loan.created', `${loan.loan_id} created`, {
      ...logFields(loan),
      loan_amount: loan.loan_amount,
      interest_rate: loan.interest_rate,
    });
  }

  approved(loan: LoanDetailView): void {
    this.write('loan.approved', `${loan.loan_id} approved`, logFields(loan));
  }

  statusChanged(loan: LoanDetailView): void {
    this.write('loan.status_changed', `${loan.loan_id} is ${loan.status}`, logFields(loan));
  }

  paidOff(loan: LoanDetailView, payoffAmount: string): void {
    this.write('loan.paid_off', `${loan.loan_id} paid off`, {
      ...logFields(loan),
      payoff_amount: payoffAmount,
    });
  }

  payoffUndone(loan: LoanDetailView): void {
    this.write('loan.payoff_undone', `payoff of ${loan.loan_id} undone`, logFields(loan));
  }

  writtenOff(loan: LoanDetailView, postingId: string): void {
    this.write('loan.written_off', `${loan.loan_id} written off`, {
      ...logFields(loan),
      written_off: loan.written_off,
      posting_id: postingId,
    });
  }

  recovered(loan: LoanDetailView, postingId: string): void {
    this.write('loan.recovered', `money of ${loan.loan_id} recovered`, {
      ...logFields(loan),
      recovered: loan.recovered,
      posting_id: postingId,
    });
  }

  /** Also logged if this process joins a running run or resumes an interrupted one. */
  runStarted({ id, trigger, scope, dryRun }: StartedRun): void {
    this.write('posting.started', `posting run ${id} started`, {
      run_id: id,
      trigger,
      period_start: scope.from,
      period_end: scope.through,
      loan_id: scope.loanId,
      dry_run: dryRun,
    });
  }

  runCompleted({ errors, message, success: _, ...result }: PostingResultView): void {
    this.write('posting.completed', message, { ...result, errors: errors?.length ?? 0 });
  }

  loanRefused(runId: number, loanId: string, { code, message }: PostingError): void {
    this.logger.warn({ event: 'posting.loan_refused', run_id: runId, loan_id: loanId, code }, message);
  }

  installmentRefused(runId: number, { installment_id, code, message }: PostingError): void {
    this.logger.error({ event: 'posting.installment_refused', run_id: runId, installment_id, code }, message);
  }

  runStopped(runId: number, error: unknown): void {
    this.logger.error(
      { event: 'posting.stopped', run_id: runId, err: error },
      `posting run ${runId} stopped before its end`,
    );
  }

  runAbandoned(runId: number, trigger: PostingTrigger): void {
    this.logger.error(
      { event: 'posting.abandoned', run_id: runId, trigger },
      `posting run ${runId} was interrupted because its process ended`,
    );
  }

  private write(event: string, message: string, fields: object): void {
    this.logger.log({ event, ...fields }, message);
  }
}

function logFields({ loan_id, driver_id, lease_id, status }: LoanDetailView): object {
  return { loan_id, driver_id, lease_id, status };
}
