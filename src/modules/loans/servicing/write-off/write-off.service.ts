import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { Money } from '../../../../kernel/money/money.js';
import { Changes } from '../../../../platform/changes/changes.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { IfMatch } from '../../../../platform/http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { CreditApplicationService } from '../../../ledger/index.js';
import { WRITE_OFF_SOURCE } from '../../loan/ledger-source.js';
import { checkNotWrittenOff } from './write-off.js';
import type { DriverLoan } from '../../loan/driver-loan.entity.js';

import { LoanAccountService } from '../../loan/loan-account.service.js';
import { LoanLogService } from '../../monitoring/loan-log.service.js';
import { LoanQueryService } from '../../overview/loan-query.service.js';
import { LoanBalance, LoanBalanceRepository } from '../../repayment/loan-balance.repository.js';
import { LoanRepository } from '../../loan/loan.repository.js';
import type { WriteOffLoanInput } from './write-off.input.js';
import type { WriteOffView } from './write-off.view.js';

/** Writes off the open balances of a loan (docs/adr/0008). A void of the CREDIT reverses the write-off. */
@Injectable()
export class WriteOffService {
  constructor(
    private readonly clock: Clock,
    private readonly changes: Changes,
    private readonly accounts: LoanAccountService,
    private readonly loans: LoanRepository,
    private readonly balances: LoanBalanceRepository,
    private readonly credits: CreditApplicationService,
    private readonly queries: LoanQueryService,
    private readonly log: LoanLogService,
  ) {}

  writeOff(
    actor: Actor,
    loanId: string,
    input: WriteOffLoanInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<WriteOffView> {
    return this.changes.update(actor, {
      action: 'loan.write-off',
      record: this.queries,
      id: loanId,
      ifMatch,
      request,
      dryRun: input.dry_run,
      lock: (tx) => this.accounts.lockOpen(tx, loanId),
      work: async (tx, loan) => {
        checkNotWrittenOff(loanId, await this.balances.findWriteOff(tx, loanId));
        const credits = await this.credits.apply(tx, [loan.driverId]);
        const open = await this.requireOpen(tx, loanId, credits.amount);
        await this.close(tx, actor, loan, input.reason);
        const postingId = await this.accounts.settle(tx, actor, loan, {
          sourceType: WRITE_OFF_SOURCE,
          sourceId: loanId,
          description: `Write-off of loan ${loanId}: ${input.reason}`,
          receipt: null,
          parts: open.map(({ balanceId, outstanding }) => ({ balanceId, amount: outstanding })),
        });
        return {
          posting_id: postingId,
          credit_used: credits.amount.toString(),
          amount_settled: Money.sum(open.map(({ outstanding }) => outstanding)).toString(),
        };
      },
      answer: (loan, settled) => ({ ...settled, loan }),
      committed: ({ loan, posting_id }) => this.log.writtenOff(loan, posting_id),
    });
  }

  /** A write-off needs open balances, and none of them may be disputed. */
  private async requireOpen(tx: Tx, loanId: string, creditUsed: Money): Promise<LoanBalance[]> {
    const unsettled = await this.balances.listUnsettled(tx, loanId);
    const disputed = unsettled.find(({ status }) => status === 'DISPUTED');
    if (disputed) {
      throw new DomainError(
        'LOAN_BALANCE_DISPUTED',
        `Balance ${disputed.balanceId} of ${loanId} is disputed. Resolve the dispute first.`,
      );
    }
    if (unsettled.length === 0) {
      throw new DomainError(
        'NOTHING_TO_WRITE_OFF',
        creditUsed.isPositive()
          ? `The driver's credit pays all that is open of ${loanId}. Apply the credit instead.`
          : `Nothing of ${loanId} is open in the ledger. Post its payoff first, then write it off.`,
      );
    }
    return unsettled;
  }

  /** Runs before the CREDIT, whose effect on the loan keeps the status and the reason that are set here. */
  private async close(tx: Tx, actor: Actor, loan: DriverLoan, reason: string): Promise<void> {
    const at = this.clock.now();
    const { loanId, status: from } = loan;
    await this.balances.writeOffUnposted(tx, loanId, at);
    await this.loans.update(tx, loanId, {
      status: 'CLOSED',
      closedOn: at,
      closureReason: reason,
      updatedOn: at,
    });
    await this.loans.recordStatusChange(tx, { loanId, from, to: 'CLOSED', reason, by: actor.userId, at });
  }
}
