import type { INestApplicationContext } from '@nestjs/common';
import type { Actor } from '../kernel/access/actor.js';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import type { CalendarDate } from '../kernel/calendar/calendar-date.js';
import { addDays } from '../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../kernel/calendar/payment-week.js';
import { weeksAfter } from '../kernel/calendar/payment-week.js';
import { Money } from '../kernel/money/money.js';
import { Percentage } from '../kernel/money/percentage.js';
import { DriverCreationService } from '../modules/drivers/index.js';
import { LeaseCreationService } from '../modules/leases/index.js';
import { LedgerQueryService, ObligationService, PaymentService } from '../modules/ledger/index.js';
import { InstallmentPostingService, LoanCreationService, LoanStatusService } from '../modules/loans/index.js';
import type { AppConfig } from '../platform/config/app-config.js';
import type { DemoLoan } from './demo-fleet.js';
import { DEMO_CHARGES, DEMO_DRIVERS, DEMO_LOANS, HISTORY_WEEKS, LEASE_FEE } from './demo-fleet.js';
import type { FixedClock } from './fixed-clock.js';

interface DriverWithLease {
  readonly driverId: number;
  readonly leaseId: number;
}

/**
 * The day on which the history starts: 30 days before the first payment week, so that the leases exist before the
 * loans.
 */
export const firstDay = (currentWeek: PaymentWeek): CalendarDate =>
  addDays(weeksAfter(currentWeek, -HISTORY_WEEKS).start, -30);

/**
 * Creates the history of the demo fleet with the services of the application, so that its data obeys the same rules as
 * real data.
 */
export class DemoHistory {
  private readonly drivers: DriverWithLease[] = [];
  private readonly loanIds = new Map<DemoLoan, string>();

  constructor(
    private readonly context: INestApplicationContext,
    private readonly clock: FixedClock,
    private readonly config: AppConfig,
    private readonly clerk: Actor,
  ) {}

  async replay(currentWeek: PaymentWeek): Promise<void> {
    this.clock.setTo(firstDay(currentWeek), 9);
    for (const driver of DEMO_DRIVERS) this.drivers.push(await this.addDriver(driver));
    for (let week = -HISTORY_WEEKS; week < 0; week += 1) {
      await this.replayWeek(weeksAfter(currentWeek, week), week, currentWeek);
    }
  }

  private async addDriver(driver: (typeof DEMO_DRIVERS)[number]): Promise<DriverWithLease> {
    const registered = await this.context.get(DriverCreationService).register(this.clerk, {
      tlc_license_number: driver.tlc,
      first_name: driver.firstName,
      last_name: driver.lastName,
    });
    const lease = await this.context.get(LeaseCreationService).create(this.clerk, {
      lease_number: driver.lease,
      driver_id: registered.id,
      medallion_number: driver.medallion,
      vehicle_plate: driver.plate,
      start_date: this.clock.today(),
    });
    return { driverId: registered.id, leaseId: lease.id };
  }

  /** Sunday: post and charge; Wednesday: create, hold and cancel loans; Friday: pay. */
  private async replayWeek(week: PaymentWeek, offset: number, currentWeek: PaymentWeek): Promise<void> {
    this.clock.setTo(week.start, 5);
    await this.context.get(InstallmentPostingService).postScheduled(week, new AbortController().signal);
    await this.chargeWeek(week, offset);
    this.clock.setTo(addDays(week.start, 3), 11);
    for (const loan of DEMO_LOANS.filter(({ createdWeek }) => createdWeek === offset)) {
      await this.createLoan(loan, weeksAfter(currentWeek, loan.startWeek));
    }
    await this.changeStatuses(offset);
    this.clock.setTo(addDays(week.start, 5), 16);
    await this.payWeek(week);
  }

  private async chargeWeek(week: PaymentWeek, offset: number): Promise<void> {
    const obligations = this.context.get(ObligationService);
    for (const [index, { lease }] of DEMO_DRIVERS.entries()) {
      await obligations.record(SYSTEM_ACTOR, {
        ...this.partiesOf(index),
        category: 'LEASE',
        amount: Money.of(LEASE_FEE),
        reference_type: 'LEASE_FEE',
        reference_id: `${lease}-${week.start}`,
        payment_period_start: week.start,
        description: 'Weekly lease fee',
      });
    }
    for (const charge of DEMO_CHARGES.filter((item) => item.week === offset)) {
      await obligations.record(this.clerk, {
        ...this.partiesOf(charge.driver),
        category: charge.category,
        amount: Money.of(charge.amount),
        reference_type: 'DEMO_CHARGE',
        reference_id: charge.reference,
        payment_period_start: week.start,
        description: charge.description,
      });
    }
  }

  private async createLoan(loan: DemoLoan, startWeek: PaymentWeek): Promise<void> {
    this.config.LOAN_APPROVAL_REQUIRED = loan.becomes?.status === 'DRAFT';
    const { loan_id } = await this.context.get(LoanCreationService).create(this.clerk, {
      ...this.partiesOf(loan.driver),
      loan_amount: Money.of(loan.amount),
      interest_rate: Percentage.of(loan.rate),
      start_week: startWeek.start,
      purpose: loan.purpose,
    });
    this.loanIds.set(loan, loan_id);
  }

  private async changeStatuses(offset: number): Promise<void> {
    for (const [{ becomes }, loanId] of this.loanIds) {
      if (!becomes || becomes.status === 'DRAFT' || becomes.week !== offset) continue;
      const { status, reason } = becomes;
      await this.context.get(LoanStatusService).change(this.clerk, loanId, { status, reason });
    }
  }

  private async payWeek(week: PaymentWeek): Promise<void> {
    const payments = this.context.get(PaymentService);
    for (const [index, { tlc, earns }] of DEMO_DRIVERS.entries()) {
      const parties = this.partiesOf(index);
      const balances = await this.context
        .get(LedgerQueryService)
        .openBalances(parties.driver_id, parties.lease_id);
      await payments.payByHierarchy(this.clerk, {
        ...parties,
        amount: Money.min(Money.of(earns), Money.of(balances.outstanding_balance)),
        payment_period_start: week.start,
        source_type: 'WEEKLY_EARNINGS',
        method: 'EARNINGS',
        source_id: `${tlc}-${week.start}`,
        dry_run: false,
      });
    }
  }

  private partiesOf(index: number): { driver_id: number; lease_id: number } {
    const driver = this.drivers[index];
    if (!driver) throw new Error(`the demo fleet has no driver ${index}`);
    return { driver_id: driver.driverId, lease_id: driver.leaseId };
  }
}
