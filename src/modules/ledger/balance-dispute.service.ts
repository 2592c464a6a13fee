import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import { Clock } from '../../kernel/clock/clock.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../platform/idempotency/idempotent-request.js';
import type { DisputeStep } from './domain/dispute-rules.js';
import { statusAfterDispute } from './domain/dispute-rules.js';
import type { BalanceDetailResponse } from './http/balance.response.js';
import type { BalanceDisputeDto } from './http/dto/balance-dispute.dto.js';
import { LedgerReadingService } from './ledger-reading.service.js';
import { LedgerSettlement } from './ledger-settlement.js';
import { BalanceDisputeRepository } from './repositories/balance-dispute.repository.js';

/** Takes a balance out of the payments' way while it is disputed, and back. Who, when and why is kept for ever. */
@Injectable()
export class BalanceDisputeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settlement: LedgerSettlement,
    private readonly disputes: BalanceDisputeRepository,
    private readonly reading: LedgerReadingService,
    private readonly audit: AuditLog,
  ) {}

  dispute(
    actor: Actor,
    balanceId: string,
    { reason }: BalanceDisputeDto,
    request?: IdempotentRequest,
  ): Promise<BalanceDetailResponse> {
    return this.step(actor, balanceId, 'DISPUTED', reason, request);
  }

  resolve(
    actor: Actor,
    balanceId: string,
    { reason }: BalanceDisputeDto,
    request?: IdempotentRequest,
  ): Promise<BalanceDetailResponse> {
    return this.step(actor, balanceId, 'RESOLVED', reason, request);
  }

  private step(
    actor: Actor,
    balanceId: string,
    step: DisputeStep,
    reason: string,
    request?: IdempotentRequest,
  ): Promise<BalanceDetailResponse> {
    return this.transactions.runOnce(request, async (tx) => {
      const { driver_id, lease_id } = await this.reading.getBalance(balanceId, {}, tx);
      await this.settlement.lockAccount(tx, driver_id, lease_id);
      const status = await this.disputes.lockStatus(tx, balanceId);
      const before = await this.reading.getBalance(balanceId, {}, tx);
      const becomes = statusAfterDispute(balanceId, status, step);
      await this.disputes.record(tx, balanceId, {
        step,
        becomes,
        reason,
        by: actor.userId,
        at: this.clock.now(),
      });
      const after = await this.reading.getBalance(balanceId, {}, tx);
      await this.audit.record(tx, actor, {
        action: step === 'DISPUTED' ? 'ledger.dispute' : 'ledger.resolve',
        recordType: 'ledger_balance',
        recordId: balanceId,
        before,
        after: { ...after, reason },
      });
      return after;
    });
  }
}
