import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CoreModule } from '../core.module.js';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import type { CalendarDate } from '../kernel/calendar/calendar-date.js';
import { addDays, dayOfWeek } from '../kernel/calendar/calendar-date.js';
import type { PaymentWeek } from '../kernel/calendar/payment-week.js';
import { weekOf, weeksAfter } from '../kernel/calendar/payment-week.js';
import { Money } from '../kernel/money/money.js';
import { Percentage } from '../kernel/money/percentage.js';
import { DriverQueryService, DriverCreationService } from '../modules/drivers/index.js';
import { LeaseCreationService } from '../modules/leases/index.js';
import { LedgerQueryService, PaymentService } from '../modules/ledger/index.js';
import { InstallmentPostingService, LoanCreationService } from '../modules/loans/index.js';
import { Changes } from '../platform/changes/changes.js';
import { AppConfig } from '../platform/config/app-config.js';
import { ConfigError } from '../platform/config/load-config.js';
import { asOwner } from '../platform/database/roles/as-owner.js';
import { Transactions } from '../platform/database/transactions.js';
import type { OwnerAppContext } from '../platform/platform.module.js';
import { InventedFleet } from './invented-fleet.js';
import { FixedClock } from './fixed-clock.js';

export interface FleetSize {
  readonly drivers: number;
  readonly loans: number;
  /** Past payment weeks that the fleet has lived through: their installments posted, and most of them paid */
  readonly weeks: number;
  /** What the fleet is drawn from: the same seed gives the same fleet */
  readonly seed: number;
}

/** Told how far each of them is. */
export type SeedingProgress = (what: 'drivers' | 'loans' | 'weeks', done: number, total: number) => void;

interface Hired {
  /** Among all drivers of the database, from 1 */
  readonly place: number;
  readonly license: string;
  readonly driver_id: number;
  readonly lease_id: number;
}

/** Without a history all loans were lent in these weeks, and none is due before the current one. */
const LENDING_WEEKS = 4;
const NOT_IN_PRODUCTION =
  'Invented drivers and loans do not go into a production database, from which they could not be deleted. ' +
  'Where this one is for trials, run the command with NODE_ENV=development.';
const DRIVERS_AT_ONCE = 5_000;
const LOANS_AT_ONCE = 2_000;

const [SUNDAY, FRIDAY, SATURDAY] = [0, 5, 6];

/** Adds an invented fleet to the database. Throws ConfigError in production. */
export async function seedFleet(
  { config, clock, ...appContext }: OwnerAppContext,
  size: FleetSize,
  progress: SeedingProgress,
): Promise<void> {
  if (config.NODE_ENV === 'production') throw new ConfigError([NOT_IN_PRODUCTION]);
  const fixedClock = new FixedClock(config.APP_TIMEZONE, clock.now());
  const context = await NestFactory.createApplicationContext(
    CoreModule.forRoot({ ...appContext, config: withoutExposureLimits(config), clock: fixedClock }),
    { logger: ['error', 'warn'], abortOnError: false },
  );
  try {
    await new FleetSeeding(context, fixedClock, size, progress).seed(clock.today());
    // else the planner believes the tables to be as empty as they were, until it is told by the server's own housekeeping
    await asOwner(appContext.ownerUrl, (owner) => owner.query('ANALYZE'));
  } finally {
    await context.close();
  }
}

/** How many loans a driver has is up to who asks for the fleet: a million of them among a few drivers is a fair trial. */
function withoutExposureLimits(config: AppConfig): AppConfig {
  const unlimited = { DRIVER_MAX_LOANS: Number.MAX_SAFE_INTEGER, DRIVER_MAX_EXPOSURE: '9999999999.99' };
  return Object.assign(new AppConfig(), config, unlimited);
}

/**
 * Makes an invented fleet day by day, up to yesterday, with the services that run the real one and under a clock that
 * stands still: so the same seed on an empty database gives the same rows to the last time stamp, on every run of a day.
 */
class FleetSeeding {
  private readonly hired: Hired[] = [];
  private readonly borrowers = new Set<Hired>();
  private readonly fleet: InventedFleet;
  private lent = 0;
  private collected = 0;

  constructor(
    private readonly context: INestApplicationContext,
    private readonly clock: FixedClock,
    private readonly size: FleetSize,
    private readonly progress: SeedingProgress,
  ) {
    const config = context.get(AppConfig);
    this.fleet = new InventedFleet(size.seed, {
      maxAmount: Money.of(config.LOAN_MAX_AMOUNT),
      maxRate: Percentage.of(config.LOAN_MAX_INTEREST_RATE),
    });
  }

  /** Throws TLC_LICENSE_TAKEN or LEASE_NUMBER_TAKEN where somebody else adds drivers at the same time. */
  async seed(today: CalendarDate): Promise<void> {
    const currentWeek = weekOf(today);
    const firstWeek = weeksAfter(currentWeek, -(this.size.weeks || LENDING_WEEKS));
    this.clock.setTo(addDays(firstWeek.start, -7), 9);
    await this.hire(await this.begin());
    const days = daysFrom(firstWeek.start, today);
    const officeDays = days.filter(isOfficeDay);
    for (const day of days) {
      const opened = officeDays.indexOf(day) + 1;
      const [isSunday, isFriday] = [dayOfWeek(day) === SUNDAY, dayOfWeek(day) === FRIDAY];
      if (isSunday && this.size.weeks > 0) await this.post(weekOf(day));
      if (opened > 0) await this.lend(day, (this.size.loans * opened) / officeDays.length, currentWeek);
      if (isFriday && this.size.weeks > 0) await this.collect(weekOf(day));
    }
  }

  /** One entry of the audit log for all that follows, as of a posting run. Answers the place of the first new driver. */
  private begin(): Promise<number> {
    const { drivers, loans, weeks, seed } = this.size;
    return this.context.get(Transactions).run(async (tx) => {
      const first = (await this.context.get(DriverQueryService).count(tx)) + 1;
      await this.context.get(Changes).record(tx, SYSTEM_ACTOR, [
        {
          action: 'fleet.seed',
          record: { recordType: 'fleet', viewVersion: 1 },
          id: seed,
          after: { seed, drivers, loans, weeks, first_driver: first },
        },
      ]);
      return first;
    });
  }

  private async hire(first: number): Promise<void> {
    const { drivers } = this.size;
    for (let from = 0; from < drivers; from += DRIVERS_AT_ONCE) {
      const places = range(first + from, Math.min(DRIVERS_AT_ONCE, drivers - from));
      const invented = places.map((place) => ({ place, ...this.fleet.driver(place) }));
      const ids = await this.context.get(DriverCreationService).registerAll(invented);
      const leases = invented.map((driver) => ({
        ...driver,
        driver_id: known(ids, driver.tlc_license_number),
        start_date: addDays(this.clock.today(), -driver.leasedForDays),
      }));
      const leaseIds = await this.context.get(LeaseCreationService).createMany(leases);
      for (const { place, tlc_license_number: license, driver_id, lease_number } of leases) {
        this.hired.push({ place, license, driver_id, lease_id: known(leaseIds, lease_number) });
      }
      this.progress('drivers', this.hired.length, drivers);
    }
  }

  /** Lends until so many loans are lent. */
  private async lend(day: CalendarDate, until: number, currentWeek: PaymentWeek): Promise<void> {
    this.clock.setTo(day, 11);
    const firstWeek = this.size.weeks > 0 ? weeksAfter(weekOf(day), 1) : currentWeek;
    while (this.lent < Math.floor(until)) {
      const places = range(this.lent, Math.min(LOANS_AT_ONCE, Math.floor(until) - this.lent));
      await this.context.get(LoanCreationService).createAll(
        SYSTEM_ACTOR,
        places.map((place) => this.loan(place, firstWeek)),
      );
      this.lent += places.length;
      this.progress('loans', this.lent, this.size.loans);
    }
  }

  private loan(place: number, firstWeek: PaymentWeek) {
    const run = { firstDriver: this.hired[0]?.place ?? 0, drivers: this.hired.length };
    const { borrower, amount, rate, purpose, weeksToStart } = this.fleet.loan(place, run);
    const hired = this.hired[borrower];
    if (!hired) throw new Error(`the fleet has no driver ${borrower}`);
    this.borrowers.add(hired);
    return {
      driver_id: hired.driver_id,
      lease_id: hired.lease_id,
      loan_amount: amount,
      interest_rate: rate,
      purpose,
      start_week: weeksAfter(firstWeek, weeksToStart).start,
    };
  }

  /** By hand and not as the scheduled run, which has its week only once in a database. */
  private async post(week: PaymentWeek): Promise<void> {
    this.clock.setTo(week.start, 5);
    await this.context.get(InstallmentPostingService).postPeriod(SYSTEM_ACTOR, 'CLI', {
      payment_period_start: week.start,
      dry_run: false,
    });
  }

  private async collect(week: PaymentWeek): Promise<void> {
    this.clock.setTo(addDays(week.start, FRIDAY), 16);
    for (const { place, license, driver_id, lease_id } of this.borrowers) {
      const owed = await this.context.get(LedgerQueryService).openBalances(driver_id, lease_id);
      const debt = Money.of(owed.outstanding_balance).toBig();
      const amount = Money.rounded(debt.times(this.fleet.paysPercent(place, week.start)).div(100));
      if (!amount.isPositive()) continue;
      await this.context.get(PaymentService).payByHierarchy(SYSTEM_ACTOR, {
        driver_id,
        lease_id,
        amount,
        payment_period_start: week.start,
        source_type: 'WEEKLY_EARNINGS',
        method: 'EARNINGS',
        source_id: `${license}-${week.start}`,
        dry_run: false,
      });
    }
    this.collected += 1;
    this.progress('weeks', this.collected, this.size.weeks);
  }
}

function isOfficeDay(day: CalendarDate): boolean {
  return dayOfWeek(day) !== SUNDAY && dayOfWeek(day) !== SATURDAY;
}

/** The days from the first one until the other begins. */
function daysFrom(first: CalendarDate, until: CalendarDate): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = first; day < until; day = addDays(day, 1)) days.push(day);
  return days;
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

function known(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`${key} was not stored`);
  return id;
}
