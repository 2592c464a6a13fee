import type { StreamableFile } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import { AppConfig } from '../../platform/config/app-config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { pdfAnswer } from '../../platform/http/pdf-answer.js';
import { loanAgreement } from './documents/loan-agreement.js';
import { LoanReadingService } from './loan-reading.service.js';

/** By LOAN_POSTING_DAY. */
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Prints what borrower and lender sign. */
@Injectable()
export class LoanAgreementService {
  constructor(
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly transactions: Transactions,
    private readonly reading: LoanReadingService,
  ) {}

  /** Throws LOAN_NOT_FOUND. */
  async print(loanId: string): Promise<StreamableFile> {
    const loan = await this.transactions.readSnapshot((snapshot) => this.reading.getLoan(loanId, snapshot));
    const agreement = await loanAgreement(loan, {
      fleet: this.config.FLEET_NAME,
      postingDay: DAYS[this.config.LOAN_POSTING_DAY],
      madeAt: this.clock.now(),
      timeZone: this.clock.timeZone,
    });
    return pdfAnswer(agreement, `loan-agreement-${loan.loan_id}`);
  }
}
