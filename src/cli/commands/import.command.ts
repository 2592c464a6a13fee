import type { Type } from '@nestjs/common';
import { Command } from 'commander';
import type { Actor, Permission } from '../../kernel/access/actor.js';
import { DomainError } from '../../kernel/errors/domain-error.js';
import { DriverImportService } from '../../modules/drivers/index.js';
import { LeaseImportService } from '../../modules/leases/index.js';
import { ChargeImportService } from '../../modules/ledger/index.js';
import { LoanImportService } from '../../modules/loans/index.js';
import type { CsvFile } from '../../platform/import/csv-file.js';
import type { ImportOptions } from '../../platform/import/csv-imports.js';
import type { ImportReportView } from '../../platform/import/import-report.js';
import { changeSentence } from '../../platform/import/report/row-change.js';
import { sentenceOf } from '../../platform/import/row-error.js';
import { actorOf } from '../acting-user.js';
import { EXISTING_OR_NEW, withServices } from '../cli-context.js';
import { print, printHiddenCount, printLine, withFile } from '../csv-command.js';
import { Progress } from '../progress.js';
import { UsageError } from '../usage-error.js';

export const importDrivers = importCommand('drivers', DriverImportService, 'drivers:manage')
  .description('Create and update drivers from a CSV file')
  .argument(
    '<file>',
    'CSV: tlc_license_number, first_name, last_name … or the city\'s list "Medallion Drivers - Active"',
  );

export const importLeases = importCommand('leases', LeaseImportService, 'leases:manage')
  .description('Create and update leases from a CSV file')
  .argument('<file>', 'CSV: lease_number, tlc_license_number, medallion_number, vehicle_plate, start_date …');

export const importLoans = importCommand('loans', LoanImportService, 'loans:create')
  .description('Create loans from a CSV file')
  .argument('<file>', 'CSV: reference, tlc_license_number, lease_number, loan_amount, start_week …');

export const importCharges = importCommand('charges', ChargeImportService, 'ledger:post')
  .description('Record obligations from a CSV file')
  .argument('<file>', 'CSV: tlc_license_number, category, amount, reference …');

interface ImportCommandOptions {
  readonly as?: string;
  readonly dryRun?: boolean;
  readonly allOrNothing?: boolean;
  readonly keepGoodRows?: boolean;
}

/** The import service of a module. */
interface Importer {
  import(actor: Actor, file: CsvFile, options: ImportOptions): Promise<ImportReportView>;
}

/**
 * A command that imports a file and writes the changed fields and the rejected lines to stdout. The exit code is 1 if a row was
 * rejected. The user of --as needs `permission`.
 */
function importCommand(kind: string, importer: Type<Importer>, permission: Permission): Command {
  return new Command(`import:${kind}`)
    .option('--as <email>', 'import as this user; required for loans that need an approval')
    .option('--dry-run', 'report what the import would do, but write nothing')
    .option('--all-or-nothing', 'write nothing if any row is invalid (default for loans)')
    .option('--keep-good-rows', 'write the valid rows (default for other files)')
    .action(async (name: string, options: ImportCommandOptions) => {
      if (options.allOrNothing && options.keepGoodRows) {
        throw new UsageError('Choose --all-or-nothing or --keep-good-rows, not both.');
      }
      const report = await withFile(name, (file) =>
        withServices(async (find) => {
          const actor = await actorOf(find, options.as, `import ${kind}`, permission);
          return runImport(find(importer), actor, file, kind, options);
        }, EXISTING_OR_NEW),
      );
      for (const change of report.changes) printLine(change.line, changeSentence(change));
      printHiddenCount(report.changes_total - report.changes.length, 'change');
      for (const error of report.errors) printLine(error.line, sentenceOf(error));
      printHiddenCount(report.errors_total - report.errors.length, 'error');
      print(report.message);
      if (report.rejected > 0) process.exitCode = 1;
    });
}

async function runImport(
  importer: Importer,
  actor: Actor,
  file: CsvFile,
  kind: string,
  { dryRun, allOrNothing, keepGoodRows }: ImportCommandOptions,
): Promise<ImportReportView> {
  const progress = new Progress();
  try {
    return await importer.import(actor, file, {
      dry_run: dryRun,
      all_or_nothing: keepGoodRows ? false : allOrNothing,
      onProgress: (rows, bytes) => progress.show(kind, `${rows} rows read`, bytes / Math.max(file.bytes, 1)),
    });
  } catch (error) {
    if (error instanceof DomainError) {
      for (const { line, field, value, message } of error.fields) {
        printLine(line ?? 0, sentenceOf({ field: field || null, value: value ?? null, reason: message }));
      }
    }
    throw error;
  } finally {
    progress.stop();
  }
}
