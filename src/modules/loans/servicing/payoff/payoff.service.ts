import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { yearOf } from '../../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { Money } from '../../../../kernel/money/money.js';
import { Percentage } from '../../../../kernel/money/percentage.js';
import { AuditLog } from '../../../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import {
  BalanceObserverRegistry,
  CreditApplicationService,
  receiptOf,
  sourceTypeReserved,
} from '../../../ledger/index.js';
import { allocateInOrder } from '../../repayment/allocate-in-order.js';
import { checkOpen } from '../../loan/loan-status.js';
import { payoffInstallment, PayoffQuote, quotePayoff } from './payoff.js';
import type { PlannedInstallment } from '../../schedule/loan-schedule.js';
import type { DriverLoan } from '../../loan/driver-loan.entity.js';

import { payoffQuoteView } from './payoff.view.js';
import { LoanAccountService } from '../../loan/loan-account.service.js';
import { LoanLogService } from '../../monitoring/loan-log.service.js';
import { LoanMetricsService } from '../../monitoring/loan-metrics.service.js';
import { LoanQueryService } from '../../overview/loan-query.service.js';
import { InstallmentPostingRepository } from '../../posting/installment-posting.repository.js';
import { InstallmentRepository, PostingState } from '../../schedule/installment.repository.js';
import { LoanBalanceRepository } from '../../repayment/loan-balance.repository.js';
import { LoanVersionRepository } from '../../schedule/loan-version.repository.js';
import { LoanRepository } from '../../loan/loan.repository.js';
import { PayoffRepository } from './payoff.repository.js';
import type { PayOffLoanInput, PayoffPaymentInput } from './payoff.input.js';
import type { PayoffQuoteView, PayoffView } from './payoff.view.js';

/** Settles a loan before its time: what it would take, and the taking (docs/domain.md, "Payoff"). */
@Injectable()
export class PayoffService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly accounts: LoanAccountService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly balances: LoanBalanceRepository,
    private readonly versions: LoanVersionRepository,
    private readonly posting: InstallmentPostingRepository,
    private readonly payoffs: PayoffRepository,
    private readonly credits: CreditApplicationService,
    private readonly observers: BalanceObserverRegistry,
    private readonly reading: LoanQueryService,
    private readonly metrics: LoanMetricsService,
    private readonly audit: AuditLog,
    private readonly log: LoanLogService,
  ) {}

  quote(loanId: string, asOf: CalendarDate = this.clock.today()): Promise<PayoffQuoteView> {
    return this.transactions.dryRun(async (tx) => {
      const loan = await this.loans.get(tx, loanId);
      checkOpen(loan);
      return payoffQuoteView(
        await this.quoteOf(tx, loan, await this.installments.postingState(tx, loanId), asOf),
      );
    });
  }

  /**
   * Posts one installment in the place of all unposted ones, uses the driver's credit, and takes the payment that comes
   * along. Where everything is posted already, the payment is all there is to do.
   */
  async payOff(
    actor: Actor,
    loanId: string,
    dto: PayOffLoanInput,
    request?: IdempotentRequest,
  ): Promise<PayoffView> {
    if (dto.payment) this.checkPayment(dto.payment);
    let posted = 0;
    const unit = async (tx: Tx): Promise<Omit<PayoffView, 'dry_run'>> => {
      const loan = await this.accounts.lockRunning(tx, loanId);
      const before = await this.reading.getLoan(loanId, tx);
      const state = await this.installments.postingState(tx, loanId);
      if (state.unposted.length === 0 && !dto.payment) throw fullyPosted(loanId);
      const quote = await this.quoteOf(tx, loan, state, this.clock.today());
      const installment = payoffInstallment(quote, this.clock.currentWeek(), state.nextNumber);
      posted = state.unposted.length > 0 ? 1 : 0;
      if (posted > 0) await this.post(tx, actor, loan, installment, dto);
      await this.credits.apply(tx, [loan.driverId]);
      const postingId = dto.payment ? await this.settle(tx, actor, loan, dto.payment, dto.reason) : null;
      if (posted > 0) {
        await this.payoffs.record(tx, {
          loanId,
          installmentNumber: installment.number,
          replacedNumbers: state.unposted.map(({ number }) => number),
          loanStatus: loan.status === 'ON_HOLD' ? 'ON_HOLD' : 'ACTIVE',
          interestAccruedThrough: loan.interestAccruedThrough,
          paymentPostingId: postingId,
        });
      }
      const after = await this.reading.getLoan(loanId, tx);
      await this.audit.record(tx, actor, {
        action: 'loan.payoff',
        recordType: 'loan',
        recordId: loanId,
        before,
        // a payoff that is only owed leaves its reason nowhere else
        after: dto.reason === undefined ? after : { ...after, reason: dto.reason },
      });
      return {
        quote: payoffQuoteView(quote),
        payment_posting_id: postingId,
        loan: after,
      };
    };
    const answer = await this.transactions.runOnceOrDryRun({ dryRun: dto.dry_run, request }, unit);
    if (answer.dry_run || request?.isReplay) return answer;
    this.metrics.installmentsPosted(posted);
    this.log.paidOff(answer.loan, answer.quote.total);
    return answer;
  }

  private checkPayment({ amount, source_type }: PayoffPaymentInput): void {
    if (!amount.isPositive()) {
      throw new DomainError('VALIDATION_FAILED', 'The payment amount must be greater than 0.00.', [
        { field: 'payment.amount', message: 'amount must be greater than 0.00' },
      ]);
    }
    if (this.observers.own(source_type)) throw sourceTypeReserved('payment.source_type', source_type);
  }

  private async post(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    installment: PlannedInstallment,
    { reason = 'Resumed for its payoff' }: PayOffLoanInput,
  ): Promise<void> {
    const { loanId } = loan;
    const at = this.clock.now();
    await this.installments.skipUnposted(tx, loanId, at);
    await this.installments.insertPlans(tx, [{ loanId, installments: [installment] }], at);
    await this.activate(tx, actor, loan, reason);
    await this.loans.followInstallments(tx, [loanId], at);
    await this.postOne(tx, actor, loanId, installment.week);
    await this.versions.record(tx, [loanId], { act: 'PAID_OFF', reason, by: actor.userId, at });
  }

  /** A held loan is not posted: it goes on for its payoff. */
  private async activate(
    tx: Tx,
    actor: Actor,
    { loanId, status }: DriverLoan,
    reason: string,
  ): Promise<void> {
    if (status === 'ACTIVE') return;
    const at = this.clock.now();
    await this.loans.update(tx, loanId, { status: 'ACTIVE', updatedOn: at });
    const step = { from: status, to: 'ACTIVE', reason } as const;
    await this.loans.recordStatusChange(tx, { loanId, ...step, by: actor.userId, at });
  }

  /** By the statement of the weekly posting, under the gate: for the ledger it is an installment like any other. */
  private async postOne(tx: Tx, actor: Actor, loanId: string, week: PaymentWeek): Promise<void> {
    const recording = [yearOf(this.clock.today()), this.clock.now(), actor.userId] as const;
    const { posted } = await this.posting.postWeek(tx, recording, week, [loanId]);
    if (posted !== 1) throw new Error(`the payoff of ${loanId} posted ${posted} installments`);
  }

  private async settle(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    payment: PayoffPaymentInput,
    reason: string | undefined,
  ): Promise<string> {
    const unsettled = await this.balances.listUnsettled(tx, loan.loanId);
    const open = unsettled.filter(({ status }) => status === 'OPEN');
    const owed = Money.sum(open.map(({ outstanding }) => outstanding));
    if (payment.amount.isGreaterThan(owed)) {
      const sentence = `${loan.loanId} owes ${owed} today; a payment of ${payment.amount} is more than that.`;
      throw new DomainError('PAYOFF_PAYMENT_TOO_HIGH', sentence, [
        { field: 'payment.amount', message: sentence },
      ]);
    }
    // before the CREDIT: the loan that it closes finds the reason there, and one that stays open drops it
    if (reason !== undefined) await this.loans.update(tx, loan.loanId, { closureReason: reason });
    return this.accounts.settle(tx, actor, loan, {
      sourceType: payment.source_type,
      sourceId: payment.source_id,
      description: `Payoff of loan ${loan.loanId}${reason === undefined ? '' : `: ${reason}`}`,
      receipt: receiptOf(payment, this.clock.today(), 'payment.received_on'),
      parts: allocateInOrder(payment.amount, open),
    });
  }

  private async quoteOf(
    tx: Tx,
    loan: DriverLoan,
    { unpaid, disputed, unposted }: PostingState,
    asOf: CalendarDate,
  ): Promise<PayoffQuote> {
    const position = {
      annualRate: Percentage.of(loan.interestRate),
      accruedThrough: loan.interestAccruedThrough,
      isActive: loan.status === 'ACTIVE',
      unpaid,
      disputed,
      unposted,
      credit: await this.credits.available(tx, loan.driverId),
    };
    return quotePayoff(position, asOf, this.clock.today());
  }
}

function fullyPosted(loanId: string): DomainError {
  return new DomainError(
    'LOAN_FULLY_POSTED',
    `All of ${loanId} is posted already. Send the payment that settles it.`,
  );
}
