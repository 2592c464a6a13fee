import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Changes } from '../../../platform/changes/changes.js';
import type { Tx } from '../../../platform/database/transactions.js';
import type { IfMatch } from '../../../platform/http/entity-tag/entity-tag.js';
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
 * Disputes a balance and resolves the dispute. A disputed balance accepts no payment. Once resolved, the driver's credits
 * pay it. Each step is stored permanently with its user, time and reason.
 */
@Injectable()
export class BalanceDisputeService {
  constructor(
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly settlement: SettlementService,
    private readonly disputes: BalanceDisputeRepository,
    private readonly credits: CreditApplicationService,
    private readonly queries: LedgerQueryService,
  ) {}

  dispute(
    actor: Actor,
    balanceId: string,
    input: BalanceDisputeInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<ChangedBalanceView> {
    return this.step(actor, balanceId, 'DISPUTED', input, ifMatch, request);
  }

  resolve(
    actor: Actor,
    balanceId: string,
    input: BalanceDisputeInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<ChangedBalanceView> {
    return this.step(actor, balanceId, 'RESOLVED', input, ifMatch, request);
  }

  private step(
    actor: Actor,
    balanceId: string,
    step: DisputeStep,
    { reason, dry_run: dryRun }: BalanceDisputeInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<ChangedBalanceView> {
    const getBalance = (id: string, tx: Tx) => this.queries.getBalance(id, {}, tx);
    return this.changes.update(actor, {
      action: step === 'DISPUTED' ? 'ledger.dispute' : 'ledger.resolve',
      record: { recordType: 'ledger_balance', viewVersion: 1, get: getBalance },
      id: balanceId,
      ifMatch,
      request,
      dryRun,
      lock: async (tx) => {
        const { driver_id, lease_id } = await getBalance(balanceId, tx);
        await this.settlement.lockAccount(tx, driver_id, lease_id);
        return this.disputes.lockStatus(tx, balanceId);
      },
      work: async (tx, status, { driver_id }) => {
        const becomes = statusAfterDispute(balanceId, status, step);
        const change = { step, becomes, reason, by: actor.userId, at: this.clock.now() };
        await this.disputes.record(tx, balanceId, change);
        if (step === 'RESOLVED') await this.credits.apply(tx, [driver_id]);
      },
      details: { reason },
    });
  }
}
