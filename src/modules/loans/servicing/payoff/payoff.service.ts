import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../kernel/access/actor.js';
import type { CalendarDate } from '../../../../kernel/calendar/calendar-date.js';
import { yearOf } from '../../../../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../../../../kernel/calendar/payment-week.js';
import { Clock } from '../../../../kernel/clock/clock.js';
import { DomainError } from '../../../../kernel/errors/domain-error.js';
import { Money } from '../../../../kernel/money/money.js';
import { Percentage } from '../../../../kernel/money/percentage.js';
import { printedDollars } from '../../../../kernel/money/printed-amount.js';
import { Changes } from '../../../../platform/changes/changes.js';
import { Transactions, Tx } from '../../../../platform/database/transactions.js';
import type { IfMatch } from '../../../../platform/http/entity-tag/entity-tag.js';
import type { IdempotentRequest } from '../../../../platform/idempotency/idempotent-request.js';
import {
  BalanceObserverRegistry,
  CreditApplicationService,
  divideInOrder,
  receiptOf,
  sourceTypeReserved,
} from '../../../ledger/index.js';
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

interface SettledLoan {
  readonly quote: PayoffQuote;
  /** Number of installments that were posted: 1 or 0 */
  readonly posted: number;
  /** Null if no payment came with the payoff */
  readonly paymentPostingId: string | null;
}

/** Quotes the payoff of a loan, and pays it off (docs/domain.md, "Payoff"). */
@Injectable()
export class PayoffService {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly changes: Changes,
    private readonly accounts: LoanAccountService,
    private readonly loans: LoanRepository,
    private readonly installments: InstallmentRepository,
    private readonly balances: LoanBalanceRepository,
    private readonly versions: LoanVersionRepository,
    private readonly posting: InstallmentPostingRepository,
    private readonly payoffs: PayoffRepository,
    private readonly credits: CreditApplicationService,
    private readonly observers: BalanceObserverRegistry,
    private readonly queries: LoanQueryService,
    private readonly metrics: LoanMetricsService,
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
   * Posts one installment in place of all unposted ones, applies the driver's credit and records the payment, if there is
   * one. If everything is posted already, it only records the payment.
   */
  payOff(
    actor: Actor,
    loanId: string,
    input: PayOffLoanInput,
    ifMatch?: IfMatch,
    request?: IdempotentRequest,
  ): Promise<PayoffView> {
    if (input.payment) this.checkPayment(input.payment);
    return this.changes.update(actor, {
      action: 'loan.payoff',
      record: this.queries,
      id: loanId,
      ifMatch,
      request,
      dryRun: input.dry_run,
      lock: (tx) => this.accounts.lockOpen(tx, loanId),
      work: (tx, loan) => this.settleEarly(tx, actor, loan, input),
      details: input.reason === undefined ? {} : { reason: input.reason },
      answer: (loan, { quote, paymentPostingId }) => ({
        quote: payoffQuoteView(quote),
        payment_posting_id: paymentPostingId,
        loan,
      }),
      committed: (answer, { posted }) => {
        this.metrics.installmentsPosted(posted);
        this.log.paidOff(answer.loan, answer.quote.total);
      },
    });
  }

  private async settleEarly(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    input: PayOffLoanInput,
  ): Promise<SettledLoan> {
    const { loanId } = loan;
    const state = await this.installments.postingState(tx, loanId);
    const posted = state.unposted.length > 0 ? 1 : 0;
    if (posted === 0 && !input.payment) throw fullyPosted(loanId);
    const quote = await this.quoteOf(tx, loan, state, this.clock.today());
    const installment = payoffInstallment(quote, this.clock.currentWeek(), state.nextNumber);
    if (posted > 0) await this.post(tx, actor, loan, installment, input);
    await this.credits.apply(tx, [loan.driverId]);
    const paymentPostingId = input.payment
      ? await this.settle(tx, actor, loan, input.payment, input.reason)
      : null;
    if (posted > 0) {
      await this.payoffs.record(tx, {
        loanId,
        installmentNumber: installment.number,
        replacedNumbers: state.unposted.map(({ number }) => number),
        loanStatus: loan.status === 'ON_HOLD' ? 'ON_HOLD' : 'ACTIVE',
        interestAccruedThrough: loan.interestAccruedThrough,
        paymentPostingId,
      });
    }
    return { quote, posted, paymentPostingId };
  }

  private checkPayment({ amount, source_type }: PayoffPaymentInput): void {
    if (!amount.isPositive()) {
      throw new DomainError('VALIDATION_FAILED', 'The payment amount must be greater than 0.00.', [
        { field: 'payment.amount', message: 'amount must be greater than 0.00' },
      ]);
    }
    if (this.observers.isReserved(source_type)) throw sourceTypeReserved('payment.source_type', source_type);
  }

  private async post(
    tx: Tx,
    actor: Actor,
    loan: DriverLoan,
    installment: PlannedInstallment,
    { reason }: PayOffLoanInput,
  ): Promise<void> {
    const { loanId } = loan;
    const at = this.clock.now();
    await this.installments.skipUnposted(tx, loanId, at);
    await this.installments.insertPlans(tx, [{ loanId, installments: [installment] }], at);
    await this.activate(tx, actor, loan, reason ?? 'Resumed for its payoff');
    await this.loans.recomputeFromInstallments(tx, [loanId], at);
    await this.postOne(tx, actor, loanId, installment.week);
    await this.versions.record(tx, [loanId], {
      change: 'PAID_OFF',
      reason: reason ?? 'Payoff',
      by: actor.userId,
      at,
    });
  }

  /** A loan on hold is not posted, so it is made active for its payoff. */
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

  /** Uses the statement of the weekly posting: for the ledger it is an installment like any other. */
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
      const sentence = `${loan.loanId} owes ${printedDollars(owed)} today; a payment of ${printedDollars(payment.amount)} is more than that.`;
      throw new DomainError('PAYOFF_PAYMENT_TOO_HIGH', sentence, [
        { field: 'payment.amount', message: sentence },
      ]);
    }
    // before the CREDIT: a loan that it closes keeps this reason, and a loan that stays open removes it
    if (reason !== undefined) await this.loans.update(tx, loan.loanId, { closureReason: reason });
    return this.accounts.settle(tx, actor, loan, {
      sourceType: payment.source_type,
      sourceId: payment.source_id,
      sourceField: 'payment.source_id',
      description: `Payoff of loan ${loan.loanId}${reason === undefined ? '' : `: ${reason}`}`,
      receipt: receiptOf(payment, this.clock.today(), 'payment.received_on'),
      parts: divideInOrder(payment.amount, open, ({ outstanding }) => outstanding).map(
        ({ item: { balanceId }, amount }) => ({ balanceId, amount }),
      ),
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
    `All installments of ${loanId} are already posted. Send the payment that settles it.`,
  );
}
