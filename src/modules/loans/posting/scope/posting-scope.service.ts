import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import type { ErrorCode, FieldError } from '../../../../kernel/errors/domain-error.js';
import { LoanQueryService } from '../../overview/loan-query.service.js';
import { postingPeriod, whyTooEarly } from '../../posting-runs/posting-calendar.js';
import type { PostingScope } from '../../posting-runs/posting-run.repository.js';
import type { PostInstallmentsInput } from '../posting.input.js';
import { ChosenInstallmentsRepository } from './chosen-installments.repository.js';

const NOT_WITH_INSTALLMENTS = ['loan_id', 'payment_period_start', 'payment_period_end'] as const;

/** Which installments a manual run posts: those of whole payment weeks, of one loan, or chosen ones. */
@Injectable()
export class PostingScopeService {
  constructor(
    private readonly clock: Clock,
    private readonly loans: LoanQueryService,
    private readonly chosen: ChosenInstallmentsRepository,
  ) {}

  /**
   * Throws POSTING_PERIOD_INVALID, POSTING_WEEK_NOT_BEGUN, LOAN_UNKNOWN and INSTALLMENT_UNKNOWN, and VALIDATION_FAILED if
   * installments are chosen together with a loan or a period.
   */
  async of(input: PostInstallmentsInput): Promise<PostingScope> {
    const { payment_period_start, payment_period_end, dry_run, loan_id, installment_ids } = input;
    if (installment_ids !== undefined) return this.ofChosen(input, installment_ids);
    const { start, end } = postingPeriod(
      { start: payment_period_start, end: payment_period_end, isDryRun: dry_run },
      this.clock.today(),
    );
    if (loan_id !== undefined) await this.loans.requireLoan(loan_id);
    return { from: start, through: end, loanId: loan_id ?? null, installmentIds: null };
  }

  /** The period is that of their weeks, which a run posts in their order. */
  private async ofChosen(
    input: PostInstallmentsInput,
    installmentIds: readonly string[],
  ): Promise<PostingScope> {
    const today = this.clock.today();
    const combined = NOT_WITH_INSTALLMENTS.filter((field) => input[field] !== undefined);
    refuse(
      'VALIDATION_FAILED',
      combined.map((field) => ({ field, message: `${field} cannot be combined with installment_ids.` })),
    );
    const weeks = await this.chosen.findWeeks(installmentIds);
    const weekEnds = new Map(weeks.map(({ installment_id, week_end }) => [installment_id, week_end]));
    const refuseEach = (
      code: ErrorCode,
      reasonFor: (id: string, weekEnd?: CalendarDate) => string | null,
    ): void => {
      refuse(
        code,
        installmentIds.flatMap((id, index) => {
          const message = reasonFor(id, weekEnds.get(id));
          return message === null ? [] : { field: `installment_ids.${index}`, message };
        }),
      );
    };
    refuseEach('INSTALLMENT_UNKNOWN', (id, weekEnd) => (weekEnd ? null : `There is no installment ${id}.`));
    refuseEach('POSTING_WEEK_NOT_BEGUN', (id, weekEnd) => {
      const reason = weekEnd ? whyTooEarly(weekEnd, input.dry_run, today) : null;
      return reason && `${id} cannot be posted yet. ${reason}`;
    });
    const ofWeeks = { start: weeks[0]?.week_start, end: weeks.at(-1)?.week_end, isDryRun: input.dry_run };
    const { start, end } = postingPeriod(ofWeeks, today);
    return { from: start, through: end, loanId: null, installmentIds };
  }
}

/** Throws the code if there are errors. The first one is its sentence. */
function refuse(code: ErrorCode, errors: readonly FieldError[]): void {
  if (errors[0] !== undefined) throw new DomainError(code, errors[0].message, errors);
}
