import { Command } from 'commander';
import { EXISTING_OR_NEW, withAppContext } from '../cli-context.js';

/** Opening the database migrates it, as at every start. */
export const migrate = new Command('migrate')
  .description('Migrate the database and grant the role of the service its privileges')
  .action(async () => {
    await withAppContext(() => Promise.resolve(), EXISTING_OR_NEW);
    process.stdout.write('The database is up to date\n');
  });
