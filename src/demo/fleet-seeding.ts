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
  /** Past payment weeks with postings; most of the posted installments are paid */
  readonly weeks: number;
  /** The random seed: the same seed gives the same fleet */
  readonly seed: number;
}

/** Called with the progress of each part. */
export type SeedingProgress = (part: 'drivers' | 'loans' | 'weeks', done: number, total: number) => void;

interface SeededDriver {
  /** Position among all drivers of the database, from 1 */
  readonly position: number;
  readonly license: string;
  readonly driver_id: number;
  readonly lease_id: number;
}

/**
 * Without a history, all loans are created in this many past weeks, and no installment is due before the current week.
 */
const LENDING_WEEKS = 4;
const NOT_IN_PRODUCTION =
  'Invented drivers and loans cannot be added to a production database, because they could not be deleted. ' +
  'If this database is for trials, run the command with NODE_ENV=development.';
const DRIVERS_PER_BATCH = 5_000;
const LOANS_PER_BATCH = 2_000;

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
    // without it, the planner assumes empty tables until the next autovacuum
    await asOwner(appContext.ownerUrl, (owner) => owner.query('ANALYZE'));
  } finally {
    await context.close();
  }
}

/** The limits per driver do not apply: a trial may create a million loans for a few drivers. */
function withoutExposureLimits(config: AppConfig): AppConfig {
  const unlimited = { DRIVER_MAX_LOANS: Number.MAX_SAFE_INTEGER, DRIVER_MAX_EXPOSURE: '9999999999.99' };
  return Object.assign(new AppConfig(), config, unlimited);
}

/**
 * Creates an invented fleet day by day, up to yesterday, with the services of the application and a fixed clock. On the
 * same day, the same seed on an empty database gives identical rows, including every time stamp.
 */
class FleetSeeding {
  private readonly drivers: SeededDriver[] = [];
  private readonly borrowers = new Set<SeededDriver>();
  private readonly fleet: InventedFleet;
  private loansCreated = 0;
  private weeksCollected = 0;

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

  /** Throws TLC_LICENSE_TAKEN or LEASE_NUMBER_TAKEN if another process adds drivers at the same time. */
  async seed(today: CalendarDate): Promise<void> {
    const currentWeek = weekOf(today);
    const firstWeek = weeksAfter(currentWeek, -(this.size.weeks || LENDING_WEEKS));
    this.clock.setTo(addDays(firstWeek.start, -7), 9);
    await this.addDrivers(await this.recordStart());
    const days = daysFrom(firstWeek.start, today);
    const officeDays = days.filter(isOfficeDay);
    for (const day of days) {
      const workedDays = officeDays.indexOf(day) + 1;
      const [isSunday, isFriday] = [dayOfWeek(day) === SUNDAY, dayOfWeek(day) === FRIDAY];
      if (isSunday && this.size.weeks > 0) await this.post(weekOf(day));
      if (workedDays > 0) {
        await this.createLoans(day, (this.size.loans * workedDays) / officeDays.length, currentWeek);
      }
      if (isFriday && this.size.weeks > 0) await this.collect(weekOf(day));
    }
  }

  /** Writes one audit entry for the whole seeding, like a posting run. Returns the position of the first new driver. */
  private recordStart(): Promise<number> {
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

  private async addDrivers(first: number): Promise<void> {
    const { drivers } = this.size;
    for (let from = 0; from < drivers; from += DRIVERS_PER_BATCH) {
      const positions = range(first + from, Math.min(DRIVERS_PER_BATCH, drivers - from));
      const invented = positions.map((position) => ({ position, ...this.fleet.driver(position) }));
      const ids = await this.context.get(DriverCreationService).registerAll(invented);
      const leases = invented.map((driver) => ({
        ...driver,
        driver_id: requireId(ids, driver.tlc_license_number),
        start_date: addDays(this.clock.today(), -driver.leasedForDays),
      }));
      const leaseIds = await this.context.get(LeaseCreationService).createMany(leases);
      for (const { position, tlc_license_number: license, driver_id, lease_number } of leases) {
        this.drivers.push({ position, license, driver_id, lease_id: requireId(leaseIds, lease_number) });
      }
      this.progress('drivers', this.drivers.length, drivers);
    }
  }

  /** Creates loans until their number reaches `target`. */
  private async createLoans(day: CalendarDate, target: number, currentWeek: PaymentWeek): Promise<void> {
    this.clock.setTo(day, 11);
    const firstWeek = this.size.weeks > 0 ? weeksAfter(weekOf(day), 1) : currentWeek;
    while (this.loansCreated < Math.floor(target)) {
      const positions = range(
        this.loansCreated,
        Math.min(LOANS_PER_BATCH, Math.floor(target) - this.loansCreated),
      );
      await this.context.get(LoanCreationService).createAll(
        SYSTEM_ACTOR,
        positions.map((position) => this.loan(position, firstWeek)),
      );
      this.loansCreated += positions.length;
      this.progress('loans', this.loansCreated, this.size.loans);
    }
  }

  private loan(position: number, firstWeek: PaymentWeek) {
    const run = { firstDriver: this.drivers[0]?.position ?? 0, drivers: this.drivers.length };
    const { borrower, amount, rate, purpose, weeksToStart } = this.fleet.loan(position, run);
    const driver = this.drivers[borrower];
    if (!driver) throw new Error(`the fleet has no driver ${borrower}`);
    this.borrowers.add(driver);
    return {
      driver_id: driver.driver_id,
      lease_id: driver.lease_id,
      loan_amount: amount,
      interest_rate: rate,
      purpose,
      start_week: weeksAfter(firstWeek, weeksToStart).start,
    };
  }

  /** A manual run, because a database has only one scheduled run per week. */
  private async post(week: PaymentWeek): Promise<void> {
    this.clock.setTo(week.start, 5);
    await this.context.get(InstallmentPostingService).postPeriod(SYSTEM_ACTOR, 'CLI', {
      payment_period_start: week.start,
      dry_run: false,
    });
  }

  private async collect(week: PaymentWeek): Promise<void> {
    this.clock.setTo(addDays(week.start, FRIDAY), 16);
    for (const { position, license, driver_id, lease_id } of this.borrowers) {
      const balances = await this.context.get(LedgerQueryService).openBalances(driver_id, lease_id);
      const debt = Money.of(balances.outstanding_balance).toBig();
      const amount = Money.rounded(debt.times(this.fleet.paysPercent(position, week.start)).div(100));
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
    this.weeksCollected += 1;
    this.progress('weeks', this.weeksCollected, this.size.weeks);
  }
}

function isOfficeDay(day: CalendarDate): boolean {
  return dayOfWeek(day) !== SUNDAY && dayOfWeek(day) !== SATURDAY;
}

/** All days from `first` up to, but not including, `end`. */
function daysFrom(first: CalendarDate, end: CalendarDate): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = first; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

function requireId(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`${key} has not been stored`);
  return id;
}
