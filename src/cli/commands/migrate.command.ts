import { Command } from 'commander';
import { EXISTING_OR_NEW, withAppContext } from '../cli-context.js';

/** Opening the database migrates it, as each start does. */
export const migrate = new Command('migrate')
  .description('Bring the database up to date, and grant the role of the service what it needs')
  .action(async () => {
    await withAppContext(() => Promise.resolve(), EXISTING_OR_NEW);
    process.stdout.write('The database is up to date\n');
  });
