import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { AuditLog } from '../../../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import { SettlementService, receiptOf } from '../../../ledger/index.js';
import { RECOVERY_SOURCE } from '../../loan/ledger-source.js';
import { checkRecovery } from '../../loan/recovery.js';
import type { DriverLoan } from '../../loan/driver-loan.entity.js';

import { LoanAccountService } from '../../loan/loan-account.service.js';
import { LoanLogService } from '../../monitoring/loan-log.service.js';
import { LoanQueryService } from '../../overview/loan-query.service.js';
import { LoanBalanceRepository } from '../../repayment/loan-balance.repository.js';
import type { RecoverLoanInput } from './write-off.input.js';
import type { RecoveryView } from './write-off.view.js';

/**
 * Records money that comes in after a write-off (docs/adr/0008). It pays no balance and is no credit: the debt is given up,
 * and what came of it after all is shown beside what is written off. The void of the CREDIT lowers it again.
 */
@Injectable()
export class RecoveryService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly accounts: LoanAccountService,
    private readonly settlement: SettlementService,
    private readonly balances: LoanBalanceRepository,
    private readonly reading: LoanQueryService,
    private readonly audit: AuditLog,
    private readonly log: LoanLogService,
  ) {}

  /**
   * Throws LOAN_NOT_FOUND, LOAN_NOT_WRITTEN_OFF, RECOVERY_TOO_HIGH, SOURCE_ALREADY_POSTED, and VALIDATION_FAILED or
   * AMOUNT_OUT_OF_RANGE for an amount that no payment may have.
   */
  async recover(
    actor: Actor,
    loanId: string,
    dto: RecoverLoanInput,
    request?: IdempotentRequest,
  ): Promise<RecoveryView> {
    const unit = async (tx: Tx): Promise<Omit<RecoveryView, 'dry_run'>> => {
      const loan = await this.accounts.lock(tx, loanId);
      const before = await this.reading.getLoan(loanId, tx);
      // before the amount is checked: a recovery sent twice is a duplicate, whatever is left by now
      const postingId = await this.insertCredit(tx, actor, loan, dto);
      checkRecovery(await this.balances.recoveryPosition(tx, loanId), dto.amount);
      await this.balances.insertRecovery(tx, postingId, loanId, dto.amount);
      const after = await this.reading.getLoan(loanId, tx);
      await this.audit.record(tx, actor, {
        action: 'loan.recovery',
        recordType: 'loan',
        recordId: loanId,
        before,
        after,
      });
      return { posting_id: postingId, loan: after };
    };
    const answer = await this.transactions.runOnceOrDryRun({ dryRun: dto.dry_run, request }, unit);
    if (!answer.dry_run && !request?.isReplay) this.log.recovered(answer.loan, answer.posting_id);
    return answer;
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
