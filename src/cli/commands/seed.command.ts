import { Command } from 'commander';
import { seedFleet } from '../../demo/fleet-seeding.js';
import type { FleetSize } from '../../demo/fleet-seeding.js';
import { EXISTING_OR_NEW, withAppContext } from '../cli-context.js';
import { Progress } from '../progress.js';
import { UsageError } from '../usage-error.js';

type SeedOptions = Pick<FleetSize, 'drivers' | 'loans'> & Partial<FleetSize>;

const MAXIMUM = { drivers: 100_000, loans: 1_000_000, weeks: 52, seed: 999_999_999 };

export const seed = new Command('seed')
  .description('Add invented drivers, leases and loans: for trials and tests, not for production')
  .requiredOption(
    '--drivers <count>',
    `the number of drivers, 1 to ${MAXIMUM.drivers}`,
    wholeNumber(1, MAXIMUM.drivers),
  )
  .requiredOption(
    '--loans <count>',
    `the number of loans, 0 to ${MAXIMUM.loans}`,
    wholeNumber(0, MAXIMUM.loans),
  )
  .option(
    '--weeks <count>',
    `the number of past weeks with postings and payments, 0 to ${MAXIMUM.weeks} (default: 0)`,
    wholeNumber(0, MAXIMUM.weeks),
  )
  .option(
    '--seed <number>',
    `the random seed, 0 to ${MAXIMUM.seed}: the same seed gives the same fleet (default: 1)`,
    wholeNumber(0, MAXIMUM.seed),
  )
  .action(async (options: SeedOptions) => {
    const size = { weeks: 0, seed: 1, ...options };
    const progress = new Progress();
    try {
      await withAppContext(
        ({ appContext }) =>
          seedFleet(appContext, size, (part, done, total) =>
            progress.show(part, `${done} of ${total}`, done / total),
          ),
        EXISTING_OR_NEW,
      );
    } finally {
      progress.stop();
    }
    const history = size.weeks > 0 ? ` over ${size.weeks} weeks` : '';
    const added = `${size.drivers} drivers with a lease each, and ${size.loans} loans${history}`;
    process.stdout.write(`Added ${added}, from seed ${size.seed}\n`);
  });

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number.parseInt(text, 10) : -1;
    if (value < min || value > max) {
      throw new UsageError(`"${text}" is not a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}
