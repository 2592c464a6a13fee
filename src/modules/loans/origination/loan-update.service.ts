import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { DomainError } from '../../../kernel/errors/domain-error.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { IfMatch } from '../../../platform/http/entity-tag/entity-tag.js';

import { LoanQueryService } from '../overview/loan-query.service.js';
import { LoanRepository } from '../loan/loan.repository.js';
import type { UpdateLoanInput } from './origination.input.js';
import type { LoanDetailView } from '../overview/loan.view.js';
import { PostingLockRepository } from '../loan/posting-lock.repository.js';

/** Changes the purpose and the notes of a loan. Its terms never change. */
@Injectable()
export class LoanUpdateService {
  constructor(
    private readonly clock: Clock,
    private readonly changes: Changes,
    private readonly loans: LoanRepository,
    private readonly postingLock: PostingLockRepository,
    private readonly queries: LoanQueryService,
  ) {}

  edit(
    actor: Actor,
    loanId: string,
    { purpose, notes }: UpdateLoanInput,
    ifMatch?: IfMatch,
  ): Promise<LoanDetailView> {
    if (purpose === undefined && notes === undefined) {
      throw new DomainError('VALIDATION_FAILED', 'Send a purpose or notes to change.');
    }
    return this.changes.update(actor, {
      action: 'loan.edit',
      record: this.queries,
      id: loanId,
      ifMatch,
      fields: { purpose, notes },
      lock: async (tx) => {
        // the tag covers the installments: none of them is posted while it is compared
        if (ifMatch) await this.postingLock.acquire(tx);
        await this.loans.lock(tx, loanId);
      },
      work: (tx) =>
        this.loans.update(tx, loanId, {
          ...(purpose === undefined ? {} : { purpose }),
          ...(notes === undefined ? {} : { notes }),
          updatedOn: this.clock.now(),
        }),
    });
  }
}
