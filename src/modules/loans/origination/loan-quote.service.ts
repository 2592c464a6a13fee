import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock/clock.js';
import { Money } from '../../../kernel/money/money.js';
import { Percentage } from '../../../kernel/money/percentage.js';
import { AppConfig } from '../../../platform/config/app-config.js';
import { Transactions, Tx } from '../../../platform/database/transactions.js';
import { DriverQueryService } from '../../drivers/index.js';
import { LeaseQueryService } from '../../leases/index.js';
import type { CalendarDate } from '../../../kernel/calendar/calendar-date.js';
import { planLoan } from '../schedule/loan-schedule.js';
import type { LoanLimits } from './loan-terms.js';
import { checkLoanTerms } from './loan-terms.js';
import type { PlannedLoan } from './planned-loan.js';

import { loanPreviewView } from './origination.view.js';

import { LoanExposureService } from '../exposure/loan-exposure.service.js';
import type { PreviewLoanInput } from './origination.input.js';
import type { LoanPreviewView, LoanTermsView } from './origination.view.js';

interface Borrower {
  readonly driver_id: number;
  readonly lease_id: number;
}

/** Checks the terms of a loan and plans its schedule, for both the preview and the creation. */
@Injectable()
export class LoanQuoteService {
  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly drivers: DriverQueryService,
    private readonly leases: LeaseQueryService,
    private readonly exposure: LoanExposureService,
  ) {}

  /** Checks the terms against the rules (docs/domain.md, "Loans") and plans the installments. */
  plan(input: {
    readonly loan_amount: Money;
    readonly interest_rate?: Percentage;
    readonly start_week: CalendarDate;
  }): PlannedLoan {
    const loanDate = this.clock.today();
    const { defaultRate, ...limits } = this.settings;
    const terms = {
      amount: input.loan_amount,
      annualRate: input.interest_rate ?? defaultRate,
      startWeek: input.start_week,
    };
    checkLoanTerms(terms, limits, loanDate);
    return { terms, loanDate, plan: planLoan({ ...terms, loanDate }) };
  }

  /** The settings for the terms of a new loan. */
  readTerms(): LoanTermsView {
    const { defaultRate, maxRate, maxAmount } = this.settings;
    return {
      default_interest_rate: defaultRate.toString(),
      max_interest_rate: maxRate.toString(),
      max_loan_amount: maxAmount.toString(),
    };
  }

  private get settings(): LoanLimits & { readonly defaultRate: Percentage } {
    return {
      defaultRate: Percentage.of(this.config.LOAN_DEFAULT_INTEREST_RATE),
      maxAmount: Money.of(this.config.LOAN_MAX_AMOUNT),
      maxRate: Percentage.of(this.config.LOAN_MAX_INTEREST_RATE),
    };
  }

  /**
   * Requires that each driver is active and that each lease is active and belongs to its driver. The locks keep this
   * true until the transaction ends, and no other transaction can lend to these drivers in the meantime.
   */
  async checkBorrowers(tx: Tx, borrowers: readonly Borrower[]): Promise<void> {
    await this.drivers.requireAllActive(
      tx,
      borrowers.map(({ driver_id }) => driver_id),
    );
    await this.leases.requireActiveLeases(tx, borrowers);
  }

  async preview(input: PreviewLoanInput): Promise<LoanPreviewView> {
    const planned = this.plan(input);
    const { driver_id, lease_id } = input;
    if (driver_id !== undefined && lease_id !== undefined) {
      await this.transactions.dryRun(async (tx) => {
        await this.checkBorrowers(tx, [{ driver_id, lease_id }]);
        await this.exposure.check(tx, [{ driverId: driver_id, amount: planned.terms.amount }]);
      });
    }
    return loanPreviewView(planned);
  }
}
