import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { dateAt } from '../../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { Changes } from '../../../../platform/changes/changes.js';
import type { Tx } from '../../../../platform/database/transactions.js';
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
 * balances are written off: it is shown beside the written-off amount. A void of its CREDIT reverses it.
 */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly clock: Clock,
    private readonly changes: Changes,
    private readonly accounts: LoanAccountService,
    private readonly settlement: SettlementService,
    private readonly balances: LoanBalanceRepository,
    private readonly reading: LoanQueryService,
    private readonly log: LoanLogService,
  ) {}

  /**
   * Throws LOAN_NOT_FOUND, LOAN_NOT_WRITTEN_OFF, RECOVERY_TOO_HIGH, SOURCE_ALREADY_POSTED, and VALIDATION_FAILED or
   * AMOUNT_OUT_OF_RANGE for an amount that is not allowed for a payment.
   */
  recover(
    actor: Actor,
    loanId: string,
    dto: RecoverLoanInput,
    request?: IdempotentRequest,
  ): Promise<RecoveryView> {
    return this.changes.update(actor, {
      action: 'loan.recovery',
      record: this.reading,
      id: loanId,
      request,
      dryRun: dto.dry_run,
      lock: (tx) => this.accounts.lock(tx, loanId),
      work: async (tx, loan) => {
        // before the amount is checked: a recovery that is sent twice is refused as a duplicate
        const postingId = await this.insertCredit(tx, actor, loan, dto);
        const position = await this.balances.recoveryPosition(tx, loanId);
        checkRecovery(position, dto.amount);
        this.checkDay(position, dto.received_on);
        await this.balances.insertRecovery(tx, postingId, loanId, dto.amount);
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
    dto: RecoverLoanInput,
  ): Promise<string> {
    return this.settlement.recordReceipt(tx, actor, {
      driverId,
      leaseId,
      category: 'LOANS',
      amount: dto.amount,
      week: this.clock.currentWeek(),
      sourceType: RECOVERY_SOURCE,
      sourceId: dto.source_id,
      description: `Recovery of loan ${loanId}`,
      receipt: receiptOf(dto, this.clock.today()),
    });
  }
}
