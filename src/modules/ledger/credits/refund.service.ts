import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../kernel/access/actor.js';
import { yearOf } from '../../../kernel/calendar/calendar-date.js';
import { Clock } from '../../../kernel/clock/clock.js';
import { AuditLog } from '../../../platform/audit/audit-log.js';
import { violatedConstraint, Transactions, Tx } from '../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { sourceAlreadyPosted } from '../errors.js';
import { refundParts } from './refund.js';

import { SettlementService } from '../payments/settlement.service.js';
import { CreditQuery } from './credit.query.js';
import { PostingQuery } from '../postings/posting.query.js';
import { PaymentRepository } from '../payments/payment.repository.js';
import { RefundRepository } from './refund.repository.js';
import type { RefundView } from './credit.view.js';
import type { RefundCreditInput } from './credit.input.js';

/**
 * Gives a driver back what payments left over: a DEBIT of kind REFUND, which no balance is made for, and the record of the
 * payments that it is taken from. Its void gives the credit back.
 */
@Injectable()
export class RefundService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settlement: SettlementService,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly credits: CreditQuery,
    private readonly postings: PostingQuery,
    private readonly audit: AuditLog,
  ) {}

  /** Throws DRIVER_UNKNOWN, REFUND_EXCEEDS_CREDIT and, for a reference that was refunded before, SOURCE_ALREADY_POSTED. */
  async refund(actor: Actor, dto: RefundCreditInput, request?: IdempotentRequest): Promise<RefundView> {
    try {
      return await this.transactions.runOnceOrDryRun({ dryRun: dto.dry_run, request }, (tx) =>
        this.refundAndAnswer(tx, actor, dto),
      );
    } catch (error) {
      if (violatedConstraint(error) === 'uq_ledger_postings_standing_source') {
        throw sourceAlreadyPosted('REFUND', dto.reference);
      }
      throw error;
    }
  }

  private async refundAndAnswer(
    tx: Tx,
    actor: Actor,
    dto: RefundCreditInput,
  ): Promise<Omit<RefundView, 'dry_run'>> {
    await this.settlement.lockDriver(tx, dto.driver_id);
    // before the amount is looked at: a refund sent twice is a duplicate, whatever credit is left by now
    if (await this.refunds.exists(tx, dto.reference)) throw sourceAlreadyPosted('REFUND', dto.reference);
    const parts = refundParts(dto.amount, await this.payments.findCredits(tx, dto.driver_id));
    const recording = [yearOf(this.clock.today()), this.clock.now(), actor.userId] as const;
    const postingId = await this.refunds.record(tx, recording, {
      driverId: dto.driver_id,
      method: dto.method,
      reference: dto.reference,
      reason: dto.reason,
      paidOn: this.clock.today(),
      week: this.clock.currentWeek(),
      parts,
    });
    const posting = await this.postings.find(postingId, tx);
    if (!posting) throw new Error(`posting ${postingId} was not written`);
    const answer = {
      posting,
      amount: dto.amount.toString(),
      credit_left: await this.credits.leftOver(dto.driver_id, tx),
    };
    await this.audit.record(tx, actor, {
      action: 'ledger.refund',
      recordType: 'ledger_posting',
      recordId: postingId,
      after: answer,
    });
    return answer;
  }
}
