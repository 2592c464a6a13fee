import { Command, CommandRunner } from 'nest-commander';
import { BackOffice, EXISTING_OR_NEW } from './back-office.js';

/** Opening the database is all it takes: each start does it, and this command is a start that then ends. */
@Command({
  name: 'migrate',
  description: 'Bring the database up to date, and grant the role of the service what it needs',
})
export class MigrateCommand extends CommandRunner {
  constructor(private readonly backOffice: BackOffice) {
    super();
  }

  override async run(): Promise<void> {
    await this.backOffice.surround(() => Promise.resolve(), EXISTING_OR_NEW);
    process.stdout.write('The database is up to date\n');
  }
}
