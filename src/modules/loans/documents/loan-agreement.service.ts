import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { calendarDate } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { pdfAnswer } from '../../../platform/http/pdf-answer.js';
import { PdfThread } from '../../../platform/pdf/pdf-thread.js';
import type { AgreementContext } from './loan-agreement.document.js';
import { loanAgreement } from './loan-agreement.document.js';
import { loanAmendment } from './loan-amendment.document.js';
import type { ScheduleLine } from '../schedule/schedule-version.js';

import { LoanQueryService } from '../overview/loan-query.service.js';
import { LoanVersionQuery } from '../schedule/loan-version.query.js';
import type { LoanDetailView } from '../overview/loan.view.js';

/** Indexed by LOAN_POSTING_DAY, 0 to 6. */
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Prints the documents that borrower and lender sign. */
@Injectable()
export class LoanAgreementService {
  constructor(
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly transactions: Transactions,
    private readonly queries: LoanQueryService,
    private readonly versions: LoanVersionQuery,
    private readonly pdf: PdfThread,
  ) {}

  /**
   * Prints the agreement, or the amendment of a later version of the schedule. A draft has no version yet: its current
   * schedule is printed. Throws LOAN_NOT_FOUND and LOAN_VERSION_UNKNOWN.
   */
  async print(loanId: string, requestedVersion?: number): Promise<StreamableFile> {
    const { loan, versions } = await this.transactions.readSnapshot(async (snapshot) => ({
      loan: await this.queries.get(loanId, snapshot),
      versions: await this.versions.list(loanId, snapshot),
    }));
    const version = versions.at((requestedVersion ?? 1) - 1);
    if (requestedVersion !== undefined && !version)
      throw versionUnknown(loanId, requestedVersion, versions.length);
    const previous = version && versions[version.version - 2];
    if (previous) {
      const amendment = loanAmendment(loan, version, previous, this.context());
      return pdfAnswer(await this.pdf.document(amendment), `loan-amendment-${loanId}-${version.version}`);
    }
    const agreement = loanAgreement(loan, version?.installments ?? currentPlan(loan), this.context());
    return pdfAnswer(await this.pdf.document(agreement), `loan-agreement-${loanId}`);
  }

  private context(): AgreementContext {
    return {
      fleet: this.config.FLEET_NAME,
      postingDay: WEEKDAYS[this.config.LOAN_POSTING_DAY],
      madeAt: this.clock.now(),
      timeZone: this.clock.timeZone,
    };
  }
}

function versionUnknown(loanId: string, version: number, count: number): DomainError {
  const existing = count === 0 ? 'A draft has no version.' : `Its latest version is ${count}.`;
  const sentence = `There is no version ${version} of the schedule of ${loanId}. ${existing}`;
  return new DomainError('LOAN_VERSION_UNKNOWN', sentence, [{ field: 'version', message: sentence }]);
}

/** The current schedule. All installments of a cancelled draft are SKIPPED: its former schedule is printed. */
function currentPlan({ installments }: LoanDetailView): ScheduleLine[] {
  return installments.map((installment) => ({
    number: installment.installment_number,
    due_date: calendarDate(installment.due_date),
    principal: installment.principal_amount,
    interest: installment.interest_amount,
  }));
}
