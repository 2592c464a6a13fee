import { Command } from 'nest-commander';
import { LeaseImportService } from '../modules/leases/index.js';
import type { ServiceFinder } from './back-office.js';
import { BackOffice } from './back-office.js';
import type { Importer } from './import-command.js';
import { ImportCommand } from './import-command.js';

@Command({
  name: 'import:leases',
  arguments: '<file>',
  argsDescription: {
    file: 'CSV: lease_number, tlc_license_number, medallion_number, vehicle_plate, start_date …',
  },
  description: 'Sign and amend leases from a CSV file',
})
export class ImportLeasesCommand extends ImportCommand {
  protected readonly kind = 'leases';
  protected readonly permission = 'leases:manage';

  constructor(backOffice: BackOffice) {
    super(backOffice);
  }

  protected importer(find: ServiceFinder): Importer {
    return find(LeaseImportService);
  }
}
