import { Command } from 'nest-commander';
import { DriverImportService } from '../modules/drivers/index.js';
import type { ServiceFinder } from './back-office.js';
import { BackOffice } from './back-office.js';
import type { Importer } from './import-command.js';
import { ImportCommand } from './import-command.js';

@Command({
  name: 'import:drivers',
  arguments: '<file>',
  argsDescription: { file: 'CSV, in our columns or those of the city\'s "Medallion Drivers - Active"' },
  description: 'Register and update drivers from a CSV file',
})
export class ImportDriversCommand extends ImportCommand {
  protected readonly kind = 'drivers';
  protected readonly permission = 'drivers:manage';

  constructor(backOffice: BackOffice) {
    super(backOffice);
  }

  protected importer(find: ServiceFinder): Importer {
    return find(DriverImportService);
  }
}
