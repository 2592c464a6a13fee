import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Transactions } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { CreditApplicationService } from '../credits/credit-application.service.js';
import type { DisputeStep } from './dispute-rules.js';
import { statusAfterDispute } from './dispute-rules.js';

import { LedgerQueryService } from '../balances/ledger-query.service.js';
import { SettlementService } from '../payments/settlement.service.js';
import { BalanceDisputeRepository } from './balance-dispute.repository.js';
import type { ChangedBalanceView } from '../balances/balance.view.js';
import type { BalanceDisputeInput } from './dispute.input.js';

/**
 * Keeps payments off a balance while it is disputed; once that is resolved, the driver's credits pay it. Who, when and
 * why is kept for ever.
 */
@Injectable()
export class BalanceDisputeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settlement: SettlementService,
    private readonly disputes: BalanceDisputeRepository,
    private readonly credits: CreditApplicationService,
    private readonly reading: LedgerQueryService,
    private readonly audit: AuditLog,
  ) {}

  dispute(
    actor: Actor,
    balanceId: string,
    dto: BalanceDisputeInput,
    request?: IdempotentRequest,
  ): Promise<ChangedBalanceView> {
    return this.step(actor, balanceId, 'DISPUTED', dto, request);
  }

  resolve(
    actor: Actor,
    balanceId: string,
    dto: BalanceDisputeInput,
    request?: IdempotentRequest,
  ): Promise<ChangedBalanceView> {
    return this.step(actor, balanceId, 'RESOLVED', dto, request);
  }

  private step(
    actor: Actor,
    balanceId: string,
    step: DisputeStep,
    { reason, dry_run: dryRun }: BalanceDisputeInput,
    request?: IdempotentRequest,
  ): Promise<ChangedBalanceView> {
    return this.transactions.runOnceOrDryRun({ dryRun, request }, async (tx) => {
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
      if (step === 'RESOLVED') await this.credits.apply(tx, [driver_id]);
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
