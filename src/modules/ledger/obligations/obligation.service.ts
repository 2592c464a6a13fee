import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
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
import type { ObligationView, RecordedObligationView } from './obligation.view.js';

/** The unique index on the sources of postings that are not voided. */
export const STANDING_SOURCE = 'uq_ledger_postings_standing_source';

/** Records obligations: a DEBIT posting and an OPEN balance each. The driver's credits pay them at once. */
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
    const charge = this.plan(input);
    try {
      return await this.changes.run(actor, {
        action: 'ledger.obligation',
        record: POSTING,
        request,
        dryRun: input.dry_run,
        work: async (tx) => {
          await this.settlement.lockAccount(tx, charge.driverId, charge.leaseId);
          const [answer] = await this.recordAll(tx, actor, [charge]);
          if (!answer) throw new Error('the obligation was not written');
          return { id: answer.posting.posting_id, answer };
        },
      });
    } catch (error) {
      if (violatedConstraint(error) === STANDING_SOURCE) {
        throw sourceAlreadyPosted('reference_id', input.reference_type, input.reference_id);
      }
      throw error;
    }
  }

  /**
   * The obligation to record. Throws PERIOD_NOT_A_PAYMENT_WEEK, SOURCE_TYPE_RESERVED and the errors of `checkCharge`.
   */
  plan(input: RecordObligationInput): NewObligation {
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
    return charge;
  }

  /**
   * Records planned obligations in their order. The caller has locked the accounts and records the changes. A source that
   * already has an active posting violates STANDING_SOURCE.
   */
  async recordAll(
    tx: Tx,
    actor: Actor,
    charges: readonly NewObligation[],
  ): Promise<RecordedObligationView[]> {
    const recording = [yearOf(this.clock.today()), this.clock.now(), actor.userId] as const;
    const ids = await this.obligations.record(tx, recording, charges);
    const { allocations } = await this.credits.apply(
      tx,
      charges.map(({ driverId }) => driverId),
    );
    const postings = await this.postings.findAll(
      tx,
      ids.map(({ posting_id }) => posting_id),
    );
    const balances = await this.balances.findAll(
      tx,
      ids.map(({ balance_id }) => balance_id),
    );
    const postingOf = new Map(postings.map((posting) => [posting.posting_id, posting]));
    const balanceOf = new Map(balances.map((balance) => [balance.balance_id, balance]));
    const creditOf = new Map<string, Money>();
    for (const { balance_id, amount_allocated } of allocations) {
      const used = creditOf.get(balance_id) ?? Money.ZERO;
      creditOf.set(balance_id, used.plus(Money.of(amount_allocated)));
    }
    return ids.map(({ posting_id, balance_id }) => {
      const [posting, balance] = [postingOf.get(posting_id), balanceOf.get(balance_id)];
      if (!posting || !balance) throw new Error(`posting ${posting_id} was not written`);
      return { posting, balance, credit_used: (creditOf.get(balance_id) ?? Money.ZERO).toString() };
    });
  }
}
