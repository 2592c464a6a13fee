import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/access/actor.js';
import type { CalendarDate } from '../../kernel/calendar/calendar-date.js';
import { yearOf } from '../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../kernel/calendar/payment-week.js';
import { Clock } from '../../kernel/clock/clock.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { Money } from '../../kernel/money/money.js';
import { Percentage } from '../../kernel/money/percentage.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Transactions, Tx } from '../../platform/database/transactions.js';
import type { IdempotentRequest } from '../../platform/idempotency/idempotent-request.js';
import { BalanceObservers, sourceTypeReserved } from '../ledger/index.js';
import { shareOut } from './domain/loan-payment.js';
import { checkRunning } from './domain/loan-status.js';
import { payoffInstallment, PayoffQuote, quotePayoff } from './domain/payoff.js';
import type { DriverLoan } from './entities/driver-loan.entity.js';
import type { PayOffLoanDto, PayoffPaymentDto } from './http/dto/pay-off-loan.dto.js';
import type { PayoffQuoteResponse, PayoffResponse } from './http/payoff.response.js';
import { quoteResponse } from './http/payoff.response.js';
import { LoanAccountService } from './loan-account.service.js';
import { LoanLog } from './loan-log.js';
import { LoanMetrics } from './loan-metrics.js';
import { LoanReadingService } from './loan-reading.service.js';
import { InstallmentPostingRepository } from './repositories/installment-posting.repository.js';
import { InstallmentRepository, PostingState } from './repositories/installment.repository.js';
import { LoanBalanceRepository } from './repositories/loan-balance.repository.js';
import { LoanRepository } from './repositories/loan.repository.js';

/** Settles a loan before its time: what it would take, and the taking (domain.md, "Payoff"). */
@Injectable()
export class LoanPayoffService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly accounts: LoanAccountService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly balances: LoanBalanceRepository,
    private readonly posting: InstallmentPostingRepository,
    private readonly observers: BalanceObservers,
    private readonly reading: LoanReadingService,
    private readonly metrics: LoanMetrics,
    private readonly audit: AuditLog,
    private readonly log: LoanLog,
  ) {}

  quote(loanId: string, asOf: CalendarDate = this.clock.today()): Promise<PayoffQuoteResponse> {
    return this.transactions.rehearse(async (tx) => {
      const loan = await this.loans.get(tx, loanId);
      checkRunning(loan);
      return quoteResponse(quoteOf(loan, await this.installments.postingState(tx, loanId), asOf));
    });
  }

  /** Posts one installment in the place of all unposted ones, and takes the payment that comes along. */
  async payOff(
    actor: Actor,
    loanId: string,
    dto: PayOffLoanDto,
    request?: IdempotentRequest,
  ): Promise<PayoffResponse> {
    if (dto.payment) this.checkPayment(dto.payment);
    const unit = async (tx: Tx): Promise<PayoffResponse> => {
      const loan = await this.accounts.lockRunning(tx, loanId);
      const before = await this.reading.getLoan(loanId, tx);
      const quote = await this.postPayoff(tx, actor, loan, dto);
      const postingId = dto.payment ? await this.take(tx, actor, loan, dto.payment, dto.reason) : null;
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
        dry_run: dto.dry_run ?? false,
        quote: quoteResponse(quote),
        payment_posting_id: postingId,
        loan: after,
      };
    };
    if (dto.dry_run) return this.transactions.rehearse(unit);
    const answer = await this.transactions.runOnce(request, unit);
    if (request?.isReplay) return answer;
    this.metrics.installmentsPosted(1);
    this.log.paidOff(answer.loan, answer.quote.total);
    return answer;
  }

  private checkPayment({ amount, source_type }: PayoffPaymentDto): void {
    if (!amount.isPositive()) {
      throw new DomainError('VALIDATION_FAILED', 'A payment is above 0.00.', [
        { field: 'payment.amount', message: 'amount must be above 0.00' },
      ]);
    }
    if (this.observers.own(source_type)) throw sourceTypeReserved('payment.source_type', source_type);
  }

  private async postPayoff(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    { reason = 'Resumed for its payoff' }: PayOffLoanDto,
  ): Promise<PayoffQuote> {
    const { loanId } = loan;
    const state = await this.installments.postingState(tx, loanId);
    if (state.unposted.length === 0) {
      throw new DomainError(
        'LOAN_FULLY_POSTED',
        `All of ${loanId} is posted already; a payment of its balances settles it.`,
      );
    }
    const [week, at] = [this.clock.currentWeek(), this.clock.now()];
    const quote = quoteOf(loan, state, this.clock.today());
    const installment = payoffInstallment(quote, week, state.nextNumber);
    await this.installments.skipUnposted(tx, loanId, at);
    await this.installments.insertPlans(tx, [{ loanId, installments: [installment] }], at);
    await this.activate(tx, actor, loan, week, reason);
    await this.postOne(tx, actor, loanId, week);
    return quote;
  }

  /** A held loan is not posted: it goes on for its payoff. Its weeks are those of what is left of the schedule. */
  private async activate(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    week: PaymentWeek,
    reason: string,
  ): Promise<void> {
    const at = this.clock.now();
    const { loanId, status } = loan;
    await this.loans.update(tx, loanId, {
      status: 'ACTIVE',
      startWeek: week.start < loan.startWeek ? week.start : loan.startWeek,
      endWeek: week.end,
      updatedOn: at,
    });
    if (status === 'ACTIVE') return;
    const step = { from: status, to: 'ACTIVE', reason } as const;
    await this.loans.recordStatusChange(tx, { loanId, ...step, by: actor.userId, at });
  }

  /** By the statement of the weekly posting, under the gate: for the ledger it is an installment like any other. */
  private async postOne(tx: Tx, actor: Actor, loanId: string, week: PaymentWeek): Promise<void> {
    const scope = { from: week.start, through: week.end, loanId };
    const recording = [yearOf(this.clock.today()), this.clock.now(), actor.userId] as const;
    let posted = 0;
    for (const chunk of await this.posting.planChunks(tx, scope, 1)) {
      posted += (await this.posting.postRange(tx, recording, scope, chunk)).posted;
    }
    if (posted !== 1) throw new Error(`the payoff of ${loanId} posted ${posted} installments`);
  }

  private async take(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    payment: PayoffPaymentDto,
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
      parts: shareOut(payment.amount, open),
    });
  }
}

function quoteOf(loan: DriverLoan, state: PostingState, asOf: CalendarDate): PayoffQuote {
  const position = {
    loanDate: loan.loanDate,
    annualRate: Percentage.of(loan.interestRate),
    lastPostedDueDate: state.lastPostedDueDate,
    unpaid: state.unpaid,
    unpostedPrincipal: Money.sum(state.unposted.map(({ principal }) => principal)),
  };
  return quotePayoff(position, asOf);
}
