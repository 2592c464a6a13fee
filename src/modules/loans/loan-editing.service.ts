import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { EditLoanDto } from './http/dto/edit-loan.dto.js';
import type { LoanDetailResponse } from './http/loan.response.js';
import { LoanReadingService } from './loan-reading.service.js';
import { LoanRepository } from './repositories/loan.repository.js';

/** Changes what may be said about a loan; its terms never change. */
@Injectable()
export class LoanEditingService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly loans: LoanRepository,
    private readonly reading: LoanReadingService,
  ) {}

  async edit(loanId: string, { purpose, notes }: EditLoanDto): Promise<LoanDetailResponse> {
    if (purpose === undefined && notes === undefined) {
      throw new DomainError('VALIDATION_FAILED', 'Send a purpose or notes to change.');
    }
    await this.transactions.run(async (tx) => {
      await this.loans.lock(tx, loanId);
      await this.loans.update(tx, loanId, {
        ...(purpose === undefined ? {} : { purpose }),
        ...(notes === undefined ? {} : { notes }),
        updatedOn: this.clock.now(),
      });
    });
    return this.reading.getLoan(loanId);
  }
}
