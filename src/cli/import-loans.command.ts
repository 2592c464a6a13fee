import { Command } from 'nest-commander';
import { LoanImportService } from '../modules/loans/index.js';
import type { ServiceFinder } from './back-office.js';
import { BackOffice } from './back-office.js';
import type { Importer } from './import-command.js';
import { ImportCommand } from './import-command.js';

@Command({
  name: 'import:loans',
  arguments: '<file>',
  argsDescription: {
    file: 'CSV: reference, tlc_license_number, lease_number, loan_amount, start_week …',
  },
  description: 'Lend money to many drivers from a CSV file',
})
export class ImportLoansCommand extends ImportCommand {
  protected readonly kind = 'loans';
  protected readonly permission = 'loans:create';

  constructor(backOffice: BackOffice) {
    super(backOffice);
  }

  protected importer(find: ServiceFinder): Importer {
    return find(LoanImportService);
  }
}
