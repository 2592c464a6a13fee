import { Command, CommandRunner, Option } from 'nest-commander';
import { seedFleet } from '../demo/fleet-seeding.js';
import type { FleetSize } from '../demo/fleet-seeding.js';
import { BackOffice, EXISTING_OR_NEW } from './back-office.js';
import { ProgressBars } from './progress-bars.js';
import { UsageError } from './usage-error.js';

type SeedOptions = Pick<FleetSize, 'drivers' | 'loans'> & Partial<FleetSize>;

const MOST = { drivers: 100_000, loans: 1_000_000, weeks: 52, seed: 999_999_999 };

@Command({
  name: 'seed',
  description:
    'Add invented drivers, each with a lease, and invented loans to them: for trials, never for a real fleet',
})
export class SeedCommand extends CommandRunner {
  constructor(private readonly backOffice: BackOffice) {
    super();
  }

  override async run(_arguments: string[], options: SeedOptions): Promise<void> {
    const size = { weeks: 0, seed: 1, ...options };
    const bars = new ProgressBars();
    try {
      await this.backOffice.surround(
        ({ surroundings }) => seedFleet(surroundings, size, bars.show),
        EXISTING_OR_NEW,
      );
    } finally {
      bars.stop();
    }
    const history = size.weeks > 0 ? ` over ${size.weeks} weeks` : '';
    const added = `${size.drivers} drivers with a lease each, and ${size.loans} loans${history}`;
    process.stdout.write(`Added ${added}, from seed ${size.seed}\n`);
  }

  @Option({
    flags: '--drivers <count>',
    description: `how many drivers, 1 to ${MOST.drivers}`,
    required: true,
  })
  parseDrivers(text: string): number {
    return wholeNumber(text, 1, MOST.drivers);
  }

  @Option({ flags: '--loans <count>', description: `how many loans, 0 to ${MOST.loans}`, required: true })
  parseLoans(text: string): number {
    return wholeNumber(text, 0, MOST.loans);
  }

  @Option({
    flags: '--weeks <count>',
    description: `past weeks to live through, posted and paid, 0 to ${MOST.weeks} (default: 0)`,
  })
  parseWeeks(text: string): number {
    return wholeNumber(text, 0, MOST.weeks);
  }

  @Option({
    flags: '--seed <number>',
    description: `what the fleet is drawn from, 0 to ${MOST.seed}: the same number, the same fleet (default: 1)`,
  })
  parseSeed(text: string): number {
    return wholeNumber(text, 0, MOST.seed);
  }
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number.parseInt(text, 10) : -1;
  if (value < least || value > most) {
    throw new UsageError(`"${text}" is not a whole number from ${least} to ${most}.`);
  }
  return value;
}
