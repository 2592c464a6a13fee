import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Changes } from '../../../platform/changes/changes.js';
import { violatedConstraint, Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { BalanceObserverRegistry } from '../account/balance-observer.registry.js';
import { CreditApplicationService } from '../credits/credit-application.service.js';
import { ledgerWeek } from '../postings/ledger-week.js';
import { sourceAlreadyPosted, sourceTypeReserved } from '../errors.js';
import { checkCharge } from '../postings/plausible-entry.js';
import { EntryLimitsService } from '../postings/entry-limits.service.js';
import { SettlementService } from '../payments/settlement.service.js';
import { NewObligation, ObligationRepository } from './obligation.repository.js';
import { BalanceQuery } from '../balances/balance.query.js';
import { POSTING, PostingQuery } from '../postings/posting.query.js';
import type { RecordObligationInput } from './obligation.input.js';
import type { ObligationView } from './obligation.view.js';

/** Records an obligation: a DEBIT posting and an OPEN balance. The driver's credits pay it at once. */
@Injectable()
export class ObligationService {
  constructor(
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly obligations: ObligationRepository,
    private readonly limits: EntryLimitsService,
    private readonly postings: PostingQuery,
    private readonly balances: BalanceQuery,
    private readonly observers: BalanceObserverRegistry,
    private readonly settlement: SettlementService,
    private readonly credits: CreditApplicationService,
  ) {}

  async record(
    actor: Actor,
    input: RecordObligationInput,
    request?: IdempotentRequest,
  ): Promise<ObligationView> {
    const week = ledgerWeek(input.payment_period_start, input.payment_period_end);
    if (this.observers.isReserved(input.reference_type)) {
      throw sourceTypeReserved('reference_type', input.reference_type);
    }
    const charge = {
      driverId: input.driver_id,
      leaseId: input.lease_id,
      category: input.category,
      amount: input.amount,
      referenceType: input.reference_type,
      referenceId: input.reference_id,
      week,
      dueDate: input.due_date ?? week.end,
      description: input.description ?? null,
    };
    checkCharge(charge, this.limits.now());
    try {
      return await this.changes.run(actor, {
        action: 'ledger.obligation',
        record: POSTING,
        request,
        dryRun: input.dry_run,
        work: async (tx) => {
          const answer = await this.insertAndPay(tx, actor, charge);
          return { id: answer.posting.posting_id, answer };
        },
      });
    } catch (error) {
      if (violatedConstraint(error) === 'uq_ledger_postings_standing_source') {
        throw sourceAlreadyPosted('reference_id', input.reference_type, input.reference_id);
      }
      throw error;
    }
  }
  private async insertAndPay(
    tx: Tx,
    actor: Actor,
    charge: NewObligation,
  ): Promise<Omit<ObligationView, 'dry_run'>> {
    await this.settlement.lockAccount(tx, charge.driverId, charge.leaseId);
    const recording = [yearOf(this.clock.today()), this.clock.now(), actor.userId] as const;
    const ids = await this.obligations.record(tx, recording, charge);
    const { amount: creditUsed } = await this.credits.apply(tx, [charge.driverId]);
    const posting = await this.postings.find(ids.posting_id, tx);
    const balance = await this.balances.find(ids.balance_id, tx);
    if (!posting || !balance) throw new Error(`posting ${ids.posting_id} was not written`);
    return { posting, balance, credit_used: creditUsed.toString() };
  }
}
