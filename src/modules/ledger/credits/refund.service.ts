import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { Changes } from '../../../platform/changes/changes.js';
import { violatedConstraint, Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { sourceAlreadyPosted } from '../errors.js';
import { refundParts } from './refund.js';

import { SettlementService } from '../payments/settlement.service.js';
import { CreditQuery } from './credit.query.js';
import { POSTING, PostingQuery } from '../postings/posting.query.js';
import { PaymentRepository } from '../payments/payment.repository.js';
import { RefundRepository } from './refund.repository.js';
import type { RefundView } from './credit.view.js';
import type { RefundCreditInput } from './credit.input.js';

/**
 * Pays a credit back to the driver: a DEBIT of kind REFUND without a balance, and a record of the payments whose credit it
 * uses. Its void restores the credit.
 */
@Injectable()
export class RefundService {
  constructor(
    private readonly changes: Changes,
    private readonly clock: Clock,
    private readonly settlement: SettlementService,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly credits: CreditQuery,
    private readonly postings: PostingQuery,
  ) {}

  /** Throws DRIVER_UNKNOWN, REFUND_EXCEEDS_CREDIT, and SOURCE_ALREADY_POSTED if the reference was used before. */
  async refund(actor: Actor, input: RefundCreditInput, request?: IdempotentRequest): Promise<RefundView> {
    try {
      return await this.changes.run(actor, {
        action: 'ledger.refund',
        record: POSTING,
        request,
        dryRun: input.dry_run,
        work: async (tx) => {
          const answer = await this.recordRefund(tx, actor, input);
          return { id: answer.posting.posting_id, answer };
        },
      });
    } catch (error) {
      if (violatedConstraint(error) === 'uq_ledger_postings_standing_source') {
        throw sourceAlreadyPosted('reference', 'REFUND', input.reference);
      }
      throw error;
    }
  }

  private async recordRefund(
    tx: Tx,
    actor: Actor,
    input: RefundCreditInput,
  ): Promise<Omit<RefundView, 'dry_run'>> {
    await this.settlement.lockDriver(tx, input.driver_id);
    // before the amount is checked: a refund that is sent twice is refused as a duplicate
    if (await this.refunds.exists(tx, input.reference))
      throw sourceAlreadyPosted('reference', 'REFUND', input.reference);
    const parts = refundParts(input.amount, await this.payments.findCredits(tx, input.driver_id));
    const recording = [yearOf(this.clock.today()), this.clock.now(), actor.userId] as const;
    const postingId = await this.refunds.record(tx, recording, {
      driverId: input.driver_id,
      method: input.method,
      reference: input.reference,
      reason: input.reason,
      paidOn: this.clock.today(),
      week: this.clock.currentWeek(),
      parts,
    });
    const posting = await this.postings.find(postingId, tx);
    if (!posting) throw new Error(`posting ${postingId} was not written`);
    return {
      posting,
      amount: input.amount.toString(),
      credit_left: await this.credits.leftOver(input.driver_id, tx),
    };
  }
}
