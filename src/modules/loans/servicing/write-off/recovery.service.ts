import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { dateAt } from '../../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { Changes } from '../../../../platform/changes/changes.js';
import type { Tx } from '../../../../platform/database/transactions.js';
import type { IfMatch } from '../../../../platform/http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { SettlementService, receiptOf } from '../../../ledger/index.js';
import { RECOVERY_SOURCE } from '../../loan/ledger-source.js';
import { checkRecovery, checkRecoveryDay } from '../../loan/recovery.js';
import type { RecoveryPosition } from '../../loan/recovery.js';
import type { DriverLoan } from '../../loan/driver-loan.entity.js';

import { LoanAccountService } from '../../loan/loan-account.service.js';
import { LoanLogService } from '../../monitoring/loan-log.service.js';
import { LoanQueryService } from '../../overview/loan-query.service.js';
import { LoanBalanceRepository } from '../../repayment/loan-balance.repository.js';
import type { RecoverLoanInput } from './write-off.input.js';
import type { RecoveryView } from './write-off.view.js';

/**
 * Records money that comes in after a write-off (docs/adr/0008). It pays no balance and leaves no credit, because the
 * balances are written off: it is shown next to the written-off amount. A void of its CREDIT reverses it.
 */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly clock: Clock,
    private readonly changes: Changes,
    private readonly accounts: LoanAccountService,
    private readonly settlement: SettlementService,
    private readonly balances: LoanBalanceRepository,
    private readonly queries: LoanQueryService,
    private readonly log: LoanLogService,
  ) {}

  /**
   * Throws LOAN_NOT_FOUND, LOAN_NOT_WRITTEN_OFF, RECOVERY_TOO_HIGH, SOURCE_ALREADY_POSTED, and VALIDATION_FAILED or
   * AMOUNT_OUT_OF_RANGE for an amount that is not allowed for a payment.
   */
  recover(
    actor: Actor,
    loanId: string,
    input: RecoverLoanInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<RecoveryView> {
    return this.changes.update(actor, {
      action: 'loan.recovery',
      record: this.queries,
      id: loanId,
      ifMatch,
      request,
      dryRun: input.dry_run,
      // the tag covers the installments: none of them is posted while it is compared
      lock: (tx) => (ifMatch ? this.accounts.lockForChange(tx, loanId) : this.accounts.lock(tx, loanId)),
      work: async (tx, loan) => {
        // before the amount is checked: a recovery that is sent twice is refused as a duplicate
        const postingId = await this.insertCredit(tx, actor, loan, input);
        const position = await this.balances.recoveryPosition(tx, loanId);
        checkRecovery(position, input.amount);
        this.checkDay(position, input.received_on);
        await this.balances.insertRecovery(tx, postingId, loanId, input.amount);
        return postingId;
      },
      answer: (loan, postingId) => ({ posting_id: postingId, loan }),
      committed: ({ loan, posting_id }) => this.log.recovered(loan, posting_id),
    });
  }

  private checkDay({ loanId, writtenOffAt }: RecoveryPosition, receivedOn = this.clock.today()): void {
    if (writtenOffAt) checkRecoveryDay(loanId, dateAt(writtenOffAt, this.clock.timeZone), receivedOn);
  }

  private insertCredit(
    tx: Tx,
    actor: Actor,
    { loanId, driverId, leaseId }: DriverLoan,
    input: RecoverLoanInput,
  ): Promise<string> {
    return this.settlement.recordReceipt(tx, actor, {
      driverId,
      leaseId,
      category: 'LOANS',
      amount: input.amount,
      week: this.clock.currentWeek(),
      sourceType: RECOVERY_SOURCE,
      sourceId: input.source_id,
      description: `Recovery of loan ${loanId}`,
      receipt: receiptOf(input, this.clock.today()),
    });
  }
}
