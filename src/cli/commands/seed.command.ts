import { Command } from 'commander';
import { seedFleet } from '../../demo/fleet-seeding.js';
import type { FleetSize } from '../../demo/fleet-seeding.js';
import { EXISTING_OR_NEW, withAppContext } from '../cli-context.js';
import { ProgressBars } from '../progress-bars.js';
import { UsageError } from '../usage-error.js';

type SeedOptions = Pick<FleetSize, 'drivers' | 'loans'> & Partial<FleetSize>;

const MOST = { drivers: 100_000, loans: 1_000_000, weeks: 52, seed: 999_999_999 };

export const seed = new Command('seed')
  .description(
    'Add invented drivers, each with a lease, and invented loans to them: for trials, never for a real fleet',
  )
  .requiredOption('--drivers <count>', `how many drivers, 1 to ${MOST.drivers}`, wholeNumber(1, MOST.drivers))
  .requiredOption('--loans <count>', `how many loans, 0 to ${MOST.loans}`, wholeNumber(0, MOST.loans))
  .option(
    '--weeks <count>',
    `past weeks to live through, posted and paid, 0 to ${MOST.weeks} (default: 0)`,
    wholeNumber(0, MOST.weeks),
  )
  .option(
    '--seed <number>',
    `what the fleet is drawn from, 0 to ${MOST.seed}: the same number, the same fleet (default: 1)`,
    wholeNumber(0, MOST.seed),
  )
  .action(async (options: SeedOptions) => {
    const size = { weeks: 0, seed: 1, ...options };
    const bars = new ProgressBars();
    try {
      await withAppContext(({ appContext }) => seedFleet(appContext, size, bars.show), EXISTING_OR_NEW);
    } finally {
      bars.stop();
    }
    const history = size.weeks > 0 ? ` over ${size.weeks} weeks` : '';
    const added = `${size.drivers} drivers with a lease each, and ${size.loans} loans${history}`;
    process.stdout.write(`Added ${added}, from seed ${size.seed}\n`);
  });

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number.parseInt(text, 10) : -1;
    if (value < least || value > most) {
      throw new UsageError(`"${text}" is not a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}
