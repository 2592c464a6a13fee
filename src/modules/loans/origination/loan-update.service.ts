import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { changesNothing } from '../../../platform/audit/changed-fields.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { IfMatch, requireMatch } from '../../../platform/http/entity-tag/entity-tag.js';

import { LoanQueryService } from '../overview/loan-query.service.js';
import { LoanRepository } from '../loan/loan.repository.js';
import type { UpdateLoanInput } from './origination.input.js';
import type { LoanDetailView } from '../overview/loan.view.js';
import { PostingLockRepository } from '../loan/posting-lock.repository.js';

/** Changes what may be said about a loan; its terms never change. */
@Injectable()
export class LoanUpdateService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly loans: LoanRepository,
    private readonly postingLock: PostingLockRepository,
    private readonly reading: LoanQueryService,
    private readonly audit: AuditLog,
  ) {}

  async edit(
    actor: Actor,
    loanId: string,
    { purpose, notes }: UpdateLoanInput,
    ifMatch?: IfMatch,
  ): Promise<LoanDetailView> {
    if (purpose === undefined && notes === undefined) {
      throw new DomainError('VALIDATION_FAILED', 'Send a purpose or notes to change.');
    }
    return this.transactions.run(async (tx) => {
      // The tag covers the installments: none of them is posted while it is compared
      if (ifMatch) await this.postingLock.acquire(tx);
      await this.loans.lock(tx, loanId);
      const before = await this.reading.getLoan(loanId, tx);
      requireMatch(ifMatch, before);
      if (changesNothing(before, { purpose, notes })) return before;
      await this.loans.update(tx, loanId, {
        ...(purpose === undefined ? {} : { purpose }),
        ...(notes === undefined ? {} : { notes }),
        updatedOn: this.clock.now(),
      });
      const after = await this.reading.getLoan(loanId, tx);
      await this.audit.record(tx, actor, {
        action: 'loan.edit',
        recordType: 'loan',
        recordId: loanId,
        before,
        after,
      });
      return after;
    });
  }
}
