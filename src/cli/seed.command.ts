import { Command, CommandRunner, Option } from 'nest-commander';
import { SYSTEM_ACTOR } from '../kernel/access/actor.js';
import { weeksAfter } from '../kernel/calendar/payment-week.js';
import { Clock } from '../kernel/clock/clock.js';
import { Money } from '../kernel/money/money.js';
import { Percentage } from '../kernel/money/percentage.js';
import { DriverRegistrationService } from '../modules/drivers/index.js';
import { LeaseSigningService } from '../modules/leases/index.js';
import { LoanCreationService } from '../modules/loans/index.js';
import { BackOffice, ServiceFinder } from './back-office.js';
import { UsageError } from './usage-error.js';

interface SeedOptions {
  readonly drivers: number;
  readonly loans: number;
}

interface Borrower {
  readonly driver_id: number;
  readonly lease_id: number;
}

const MAX_COUNT = 100_000;
const PARALLEL = 4;
const WEEKS_SPREAD = 8;
/** Amounts on every row of the repayment matrix, by turns. */
const AMOUNTS = ['180.00', '450.00', '900.50', '1500.00', '2750.25', '4200.00'];
const RATES = ['0.00', '5.00', '10.00', '12.50'];

/** Invents drivers and loans through the services that real ones come by, for trials with much data. */
@Command({
  name: 'seed',
  description:
    'Add invented drivers, each with a lease, and invented loans to them: for trials, never for a real fleet',
})
export class SeedCommand extends CommandRunner {
  constructor(private readonly backOffice: BackOffice) {
    super();
  }

  override async run(_arguments: string[], { drivers, loans }: SeedOptions): Promise<void> {
    await this.backOffice.open(async (find) => {
      const borrowers = await inParallel('drivers', drivers, (index) => addDriver(find, index));
      await inParallel('loans', loans, (index) => addLoan(find, borrowers, index));
    });
    process.stdout.write(`Added ${drivers} drivers with a lease each, and ${loans} loans\n`);
  }

  @Option({ flags: '--drivers <count>', description: `how many drivers, 1 to ${MAX_COUNT}`, required: true })
  parseDrivers(text: string): number {
    return count(text, 1);
  }

  @Option({ flags: '--loans <count>', description: `how many loans, 0 to ${MAX_COUNT}`, required: true })
  parseLoans(text: string): number {
    return count(text, 0);
  }
}

async function addDriver(find: ServiceFinder, index: number): Promise<Borrower> {
  const clock = find(Clock);
  const key = `${clock.now().getTime().toString(36)}-${index}`.toUpperCase();
  const driver = await find(DriverRegistrationService).register(SYSTEM_ACTOR, {
    tlc_license_number: `S-${key}`,
    first_name: 'Seeded',
    last_name: `Driver ${index + 1}`,
  });
  const lease = await find(LeaseSigningService).sign(SYSTEM_ACTOR, {
    lease_number: `S-${key}`,
    driver_id: driver.id,
    medallion_number: `S-${key}`,
    vehicle_plate: `S-${key}`,
    start_date: clock.today(),
  });
  return { driver_id: driver.id, lease_id: lease.id };
}

async function addLoan(find: ServiceFinder, borrowers: readonly Borrower[], index: number): Promise<void> {
  const borrower = borrowers[index % borrowers.length];
  if (!borrower) throw new UsageError('Loans need at least one driver.');
  await find(LoanCreationService).create(SYSTEM_ACTOR, {
    ...borrower,
    loan_amount: Money.of(AMOUNTS[index % AMOUNTS.length] ?? '500.00'),
    interest_rate: Percentage.of(RATES[index % RATES.length] ?? '0.00'),
    start_week: weeksAfter(find(Clock).currentWeek(), index % WEEKS_SPREAD).start,
    purpose: 'Seeded',
  });
}

/** Does the work for each number, a few at a time, and says on stderr how far it is. */
async function inParallel<T>(what: string, total: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < total) {
      const index = next;
      next += 1;
      results[index] = await work(index);
      done += 1;
      if (done % 1_000 === 0 || done === total) process.stderr.write(`${what}: ${done} of ${total}\n`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}

function count(text: string, least: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : -1;
  if (value < least || value > MAX_COUNT) {
    throw new UsageError(`"${text}" is not a whole number from ${least} to ${MAX_COUNT}.`);
  }
  return value;
}
